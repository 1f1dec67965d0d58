"""The way in, of `regie-opt` and of `python -m regie_opt`."""

from regie_opt.cli.interrupt import ending_at_once


def main() -> None:
    """Run the command; Ctrl-C ends it without a word of where it was, also while it is being loaded."""
    with ending_at_once():
        from regie_opt.cli.main import main as command
    command()


if __name__ == "__main__":
    main()
