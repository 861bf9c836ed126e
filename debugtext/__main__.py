"""`python -m debugtext`, and the `debugtext` command."""


def main() -> None:
    """Runs the command line and exits."""
    try:
        from debugtext.cli._program import program  # noqa: PLC0415 - an early Ctrl-C is to end in 130 too
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    program.main()


if __name__ == "__main__":
    main()
