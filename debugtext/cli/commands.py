"""All commands in the order of the help. To add one: a line here, and `cli/NAME.py` with a `command` in it.

The texts stand here so that `--help` need not import the commands.
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
    "convert": "To pprof, folded, speedscope, jsonl, csv.",
    "explain": "What a rule sees, why it is trouble, what to do.",
    "rules": "All rules.",
}
