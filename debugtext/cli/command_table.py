"""All commands in the order of the help. To add one: a line here, and `cli/commands/NAME.py` with a `command` in it.

The texts stand here so that `--help` need not import the commands.
A command that reports on one kind of text is a row in `reporting/kinds.py`, not a module, and a word in OF_ONE_KIND.
"""

COMMANDS: dict[str, str] = {
    "check": "Find what is wrong in any text: dump, log, CI output.",
    "heap": "What holds the memory that is in use.",
    "allocs": "What has allocated memory since the start.",
    "memstats": "The runtime's own numbers: heap, stacks, GC, pauses.",
    "goroutine": "Goroutines grouped by stack and state; which are stuck.",
    "block": "Where goroutines waited for channels and locks.",
    "mutex": "Where locks were held while others waited.",
    "threadcreate": "What started OS threads.",
    "diff": "What grew between two texts of one program.",
    "trend": "What grows over several texts, and how fast.",
    "watch": "Take texts again and again, keep them, say what grows.",
    "history": "What watches have kept: list, show, export, prune.",
    "top": "pprof's view: flat and cum of each function.",
    "tree": "pprof's view: each function with callers and callees.",
    "peek": "pprof's view: callers and callees of some functions.",
    "traces": "pprof's view: every stack.",
    "list": "pprof's view: source lines with their numbers.",
    "tags": "pprof's view: labels; of a dump state, wait, creator.",
    "graph": "pprof's picture of the calls, as DOT or SVG.",
    "report": "All of it as one page to attach: findings, flame graph.",
    "serve": "The same page of a live program, on this machine only.",
    "convert": "To pprof, folded, speedscope, jsonl, csv.",
    "baseline": "Keep what is known, so that only new findings fail.",
    "config": "What is configured, and where each value came from.",
    "completion": "Completion for bash, zsh, fish, PowerShell.",
    "man": "The manual page.",
    "explain": "What a rule sees, why it is trouble, what to do.",
    "rules": "All rules.",
}

OF_ONE_KIND = ("heap", "allocs", "memstats", "goroutine", "block", "mutex", "threadcreate")
"""The commands without a module of their own: `commands/_of_one_kind.py` makes them from the table of kinds."""
