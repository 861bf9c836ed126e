"""The report as one HTML page: style, script and data in one file that loads nothing and runs nothing else."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from debugtext.records.reports import Report
from debugtext.renderers.html.data import page_data
from debugtext.renderers.options import RenderOptions

FOLDER = Path(__file__).parent
SCRIPTS = ("words.js", "memory.js", "tables.js", "flame.js", "locks.js", "page.js")
# So that no name in the data can end the script element or begin a comment.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render(report: Report, _options: RenderOptions) -> str:
    """The whole page."""
    return page_around(page_data(report))


def page_around(data: dict[str, object]) -> str:
    """The page that shows the data, all of it as text, never as markup."""
    style = (FOLDER / "page.css").read_text("utf-8")
    script = '"use strict";\n' + "".join((FOLDER / name).read_text("utf-8") for name in SCRIPTS)
    policy = content_policy(style, script)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>debugtext report</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<noscript><p class="notice">This page draws itself with a small script of its own; scripts are off here. '
        '<code>debugtext check</code> prints the same as text.</p></noscript>\n<main id="page"></main>\n'
        f'<script type="application/json" id="data">{json_in_script(data)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def content_policy(style: str, script: str) -> str:
    """The policy that allows this style and this script, by their hashes, and nothing else: no network, no forms."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def json_in_script(data: object) -> str:
    """JSON that may stand in a script element: without `<`, `>`, `&`, U+2028 and U+2029."""
    dumped = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return dumped.translate(_ESCAPES).encode("utf-8", "backslashreplace").decode()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
