"""Good files, each broken by one edit: what is taken out, what is put in, what must be said of it and where.

wrong/*.txt in the manner of a diff: `= file` is the good one, `-` its lines, `+` what stands there instead,
with ▸ before the very character that is at fault, `!` the sentence. Where the fault lies outside the edit,
`@` is the text that it is told at.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
MARK = "▸"


class Wrong(NamedTuple):
    """One edit. `said` is the whole sentence, without its hint."""

    number: int
    base: str
    old: str
    new: str
    at: str
    said: str

    def text(self) -> str:
        """The broken file."""
        good = (HERE / self.base).read_text(encoding="utf-8")
        assert good.count(self.old) == 1, f"{good.count(self.old)} times in {self.base}: {self.old!r}"
        return good.replace(self.old, self.new.replace(MARK, ""))

    def place(self) -> tuple[int, int]:
        """Line and column, from 1."""
        good = (HERE / self.base).read_text(encoding="utf-8")
        broken = good.replace(self.old, self.new)
        mark = self.at.replace(MARK, "") or MARK
        assert broken.count(mark) == 1, f"{broken.count(mark)} times: {mark!r}"
        before = broken[: broken.index(mark) + max(self.at.find(MARK), 0)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def __str__(self) -> str:
        return f"{Path(self.base).stem} {self.number} {self.said[:60]}"


def wrongs(name: str) -> list[Wrong]:
    """Every edit of one file of edits."""
    text = (HERE / "wrong" / name).read_text(encoding="utf-8")
    return list(_read(text))


def _read(text: str) -> Iterator[Wrong]:
    base = ""
    for number, block in enumerate(text.split("\n\n")):
        parts: dict[str, list[str]] = {"-": [], "+": [], "!": [], "@": [], "=": [], "#": []}
        for line in filter(None, block.splitlines()):
            parts[line[0]].append(line[2:])
        base = parts["="][0] if parts["="] else base
        if parts["!"]:
            old, new, at = ("\n".join(parts[sign]) for sign in "-+@")
            (said,) = parts["!"]
            yield Wrong(number, base, old, new, at, said)


EDITS = ("yaml.txt", "steps.txt", "rules.txt", "scenarios.txt", "config.txt", "advice.txt")
"""Every file of edits."""


class Odd(NamedTuple):
    """A file that is wrong in its bytes, where no edit of a text can show it."""

    data: bytes
    place: tuple[int, int]
    said: str
    besides: frozenset[str] = frozenset()
    """What else is said, where the fault is that too much is."""


_GOOD = (HERE / "whole/langkah.yaml").read_bytes()

ODD = (
    Odd(b"", (1, 1), "Berkas ini kosong."),
    Odd(b"playbook: v1\nname: \xff\n", (2, 7), "Berkas bukan UTF-8. Simpan ulang dengan pengodean UTF-8."),
    Odd(b"a: b\n" * 60_000, (1, 1), "Berkas terlalu besar: paling banyak 256 kB."),
    Odd(
        _GOOD.replace(b"playbook: v1\n", b"playbook: v1 # " + b"1234567:" + b"A" * 35 + b"\n"),
        (_GOOD[: _GOOD.index(b"playbook: v1\n")].count(b"\n") + 1, 16),
        "Token bot tertulis di berkas ini. Hapus, lalu ganti tokennya di @BotFather karena sudah terbuka.",
    ),
    Odd(b"- satu\n", (1, 1), "Berkas ini harus diawali “playbook: v1”."),
    Odd(
        b"a: [" + b"&b c, " * 120 + b"d]",
        (1, 4 + 99 * 6 + 1),
        "Terlalu banyak kesalahan; sisanya tidak diperiksa.",
        frozenset({"Jangkar &b tidak dipakai di sini."}),
    ),
)
