"""Writes the fairness table of the shipped model into docs/model-card.md, between its two marks.

python -m benchmarks.fairness
"""

from pathlib import Path

from classifiers.choose import load
from classifiers.fairness import measure, table

CARD = Path(__file__).parents[1] / "docs" / "model-card.md"
BEGIN, END = "<!-- fairness: begin, written by python -m benchmarks.fairness -->", "<!-- fairness: end -->"


def main() -> None:
    found = measure(load())
    before, rest = CARD.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    words = f"Measured on `{found.model}`."
    CARD.write_text(f"{before}{BEGIN}\n{words}\n\n{table(found)}\n{END}{after}", encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
