"""`python -m bot`, and the console script `tanggap`."""

from bot.cli import app


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
