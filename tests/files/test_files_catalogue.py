"""The catalogue of faults: nothing that the files' code can say is missing, and each is shown to happen."""

from pathlib import Path

import pytest
from write_faults import PAGE, examples, page

from bot.files.catalogue import Sentence, UnreadableError, sentences


def test_the_committed_catalogue_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/files/write_faults.py"


def test_every_fault_has_a_file_that_is_wrong_in_that_way() -> None:
    shown = examples()
    assert [one.text for one in sentences() if one.code not in shown] == []


def test_there_are_enough_of_them_and_no_code_twice() -> None:
    every = sentences()
    assert len(every) >= 60
    assert len({one.code for one in every}) == len(every)


def test_a_sentence_with_gaps_is_known_again() -> None:
    sentence = Sentence("x", "Langkah … tidak ada.")
    assert sentence.fits("Langkah “a.b” tidak ada.")
    assert not sentence.fits("Langkah “a” tidak ada di sini.")


def test_a_fault_made_of_no_sentence_is_refused(tmp_path: Path) -> None:
    (tmp_path / "baru.py").write_text("def f(place):\n    return fault_at(place, whatever())\n")
    with pytest.raises(UnreadableError, match=r"baru.py:2"):
        sentences(tmp_path)
    (tmp_path / "baru.py").write_text(
        "def f(place, a):\n"
        '    message = f"Ada {a}." if a else "Kosong."\n'
        "    return fault_at(place, message)\n"
    )
    assert [one.text for one in sentences(tmp_path)] == ["Ada ….", "Kosong."]
