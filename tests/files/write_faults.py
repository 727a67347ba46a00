"""Prints docs/faults.md from the code and the wrong files: python tests/files/write_faults.py"""

from functools import cache
from pathlib import Path

from wrong_edits import EDITS, HERE, MARK, ODD, wrongs

from bot.files.catalogue import faults_markdown
from bot.files.catalogue import sentences as every_sentence

PAGE = HERE.parents[1] / "docs/faults.md"
sentences = cache(every_sentence)
ELSEWHERE = {
    "Berkas ini tidak dapat dibuka.": "test_files_wrong.py",
    "Playbook … menyerahkan kembali tanpa jeda manusia.": "test_files_wrong.py",
    "Belum ada yang berhak menyetujui balasan.": "broken/config/nobody-approves.yaml",
    "Berkas ini harus berisi kunci dan nilai.": "broken/config/list.yaml",
    "Perlu dua orang: satu menulis, satu menyetujui.": "broken/config/one-person.yaml",
    "Berkas rahasia ini terbuka bagi orang lain (hak …).": "test_files_check.py",
    "Pustaka apprise tidak terpasang; panggilan hanya lewat Telegram.": "test_files_advice.py",
}
"""Faults that need two files, or none at all, and the test that breaks them."""


def examples() -> dict[str, str]:
    """By code: what to write to get exactly this fault."""
    found: dict[str, str] = {}
    edits = [(wrong.said, f"`{_shown(wrong.new, wrong.at)}`") for name in EDITS for wrong in wrongs(name)]
    odd = [(one.said, f"`{one.data[:40]!r}`") for one in ODD]
    elsewhere = [(text, f"`tests/files/{where}`") for text, where in ELSEWHERE.items()]
    for said, shown in [*edits, *odd, *elsewhere]:
        for code in meant_by(said):
            found[code] = min(found.get(code, shown), shown, key=len)
    return found


def meant_by(said: str) -> list[str]:
    """The codes of the sentence behind a message: of all that fit the one with the most words of its own."""
    fitting = [sentence for sentence in sentences() if sentence.fits(said)]
    most = max((len(sentence.text) for sentence in fitting), default=0)
    return [sentence.code for sentence in fitting if len(sentence.text) == most]


def _shown(new: str, at: str) -> str:
    lines = [line.strip() for line in (new or at).splitlines()]
    return next((line for line in lines if MARK in line), at or lines[0] if lines else at)


def page() -> str:
    """The whole page."""
    return faults_markdown(examples())


if __name__ == "__main__":
    Path(PAGE).write_text(page(), encoding="utf-8")
