"""What a text is that holds no debug text, and what to do about it; ordinary logs are no strangers."""

import re

_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<title)", re.IGNORECASE)
_HTTP_WORDS = re.compile(
    r"\s*(?:(?:HTTP/\S+ )?(?P<status>40[134])\b|(?P<words>unauthori[sz]ed|forbidden|access denied))", re.IGNORECASE
)

# net/http/pprof/pprof.go serveError, and net/http's own answers
_GO_ERRORS = {
    "Unknown profile": "the server knows no such profile: look at /debug/pprof/ for the names it has",
    "404 page not found": "the server has no such page: is net/http/pprof imported, and is this its port?",
    "seconds and debug params are incompatible": "ask without seconds=, or without debug=",
    'invalid value for "seconds"': "seconds= must be a positive whole number",
    '"seconds" parameter is not supported': "ask for this profile without seconds=",
    "failed to collect profile": "the server could not take the profile: ask again",
    "failed to compute delta": "the server could not take the difference: ask without seconds=",
    "profile duration exceeds server's WriteTimeout": "ask for fewer seconds=, or raise the server's WriteTimeout",
    "Could not enable CPU profiling": "a CPU profile is no text: fetch heap?debug=1 or goroutine?debug=2 instead",
    "Could not enable tracing": "a trace is no text: fetch heap?debug=1 or goroutine?debug=2 instead",
    "num_symbols: ": "this is the answer of /debug/pprof/symbol: fetch heap?debug=1 or goroutine?debug=2 instead",
}


def what_else(head: str) -> str | None:
    """What the beginning of a text shows it to be, with advice; None for a text that may well be a log."""
    start = head.lstrip()[:300]
    for words, advice in _GO_ERRORS.items():
        if start.startswith(words):
            return f"this is an error message of the server ({_first_line(start)}): {advice}"
    if _HTML.match(head):
        if "/debug/pprof/" in head and "profile descriptions" in head.lower():
            return "this is the index page of /debug/pprof/: fetch one of its profiles, heap?debug=1 for example"
        return "this is an HTML page, not a debug text: is the address right, and are you logged in?"
    refused = _HTTP_WORDS.match(start)
    if refused and len(head) < 2000:  # noqa: PLR2004 - a log may begin so, an answer is short
        return f"the server refused ({_first_line(start)}): send the credentials that it wants"
    return None


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()[:80]
