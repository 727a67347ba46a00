"""The table of docs/lint.md, as its tests read it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/lint.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| .* \| (fault|advice|printed) \|", line)
]
LINT_CODES = frozenset(code for _, kind, said in ROWS if kind != "printed" for code in said.split(", "))
