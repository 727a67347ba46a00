"""Draws the picture of a sudden crowd for the manual, with the code that draws the real one.

`python docs/leap_picture.py` from the root of the repository. The numbers are an example: copies of one text
that lift their topic and their label as well.
"""

from pathlib import Path

from bot.chat.drawn import Bars, Picture
from bot.chat.hour_picture import png
from bot.chat.words import board

PICTURE = Path(__file__).resolve().parent / "img" / "panduan-lonjakan.png"
ROWS = (
    Bars(board.leapt("cluster:12"), (0, 0, 1, 0, 2, 1, 3, 2, 4, 9, 21, 40)),
    Bars(board.leapt("topic:bansos", "Bantuan sosial"), (3, 3, 5, 3, 7, 5, 9, 7, 11, 21, 45, 83), usual=6.0),
    Bars(board.leapt("label:hoax"), (1, 2, 1, 0, 3, 2, 1, 4, 2, 9, 12, 14), usual=3.3),
)


def main() -> None:
    made = png(Picture(ROWS, "09.00", "10.00", board.USUAL, ""))
    if made is None:
        raise SystemExit("Pillow is missing: install the extra `picture`.")
    PICTURE.write_bytes(made)


if __name__ == "__main__":
    main()
