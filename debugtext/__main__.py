"""`python -m debugtext`, and the `debugtext` command."""

import sys


def main() -> None:
    """Runs the command line and exits."""
    try:
        if sys.argv[1:] in (["--version"], ["-V"]):  # scripts ask often: without importing click
            from debugtext import __version__  # noqa: PLC0415

            print(f"debugtext {__version__}")  # noqa: T201
            return
        from debugtext.cli._program import program  # noqa: PLC0415 - an early Ctrl-C is to end in 130 too
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    program.main()


if __name__ == "__main__":
    main()
