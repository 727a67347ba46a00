"""Labels without texts find their way back to the texts."""

from pathlib import Path

import pytest

from classifiers.errors import DataError
from classifiers.labels import Label
from classifiers.readings import LINES_OF_ONE_SOURCE, key_of, lines_of, read_lines, readings, refused


def test_a_key_hangs_on_the_words_alone() -> None:
    assert key_of("Air MATI lagi!!") == key_of("air mati lagi")
    assert key_of("air mati lagi") != key_of("air nyala lagi")


def test_what_was_read_carries_every_label_but_no_text() -> None:
    found = readings()
    assert len(found) > 5_000
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in found)
    assert {label.value for labels in found.values() for label in labels} >= {
        "question",
        "complaint",
        "praise",
    }


def test_only_lines_that_were_read_become_rows(tmp_path: Path) -> None:
    known = {key_of("antre di loket lama sekali"): frozenset({Label.COMPLAINT})}
    path = tmp_path / "kumpulan.txt"
    path.write_text("halo semua\nAntre di loket lama sekali!\nantre di loket lama sekali\n", encoding="utf-8")
    (row,) = read_lines(path, known)
    assert (row.text, row.labels) == ("Antre di loket lama sekali!", known[key_of(row.text)])
    assert row.source == "kumpulan, bagian 1"


def test_a_file_of_which_nothing_was_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "asing.txt"
    path.write_text("kalimat yang belum pernah dibaca siapa pun 123\n", encoding="utf-8")
    with pytest.raises(DataError, match="tidak satu baris"):
        read_lines(path)


def test_no_refused_comment_has_labels() -> None:
    """Nobody could confirm their licence: whoever reads them again must not put them back among the rest."""
    assert len(refused()) > 5_000
    assert not refused() & set(readings())


def test_a_refused_comment_is_not_learnt_even_where_labels_for_it_are_brought(tmp_path: Path) -> None:
    path = tmp_path / "kumpulan.txt"
    path.write_text("TERBAIK!!\nantre di loket lama sekali\n", encoding="utf-8")
    assert key_of("terbaik") in refused(), "one of them is this single word"
    known = {key_of(text): frozenset({Label.PRAISE}) for text in ("terbaik", "antre di loket lama sekali")}
    assert [row.text for row in read_lines(path, known)] == ["antre di loket lama sekali"]
    assert [text for _, text in lines_of(path)] == ["antre di loket lama sekali"]


def test_a_line_keeps_its_place_when_one_before_it_is_refused(tmp_path: Path) -> None:
    """The part of the collection, and with it the fold, must not move."""
    path = tmp_path / "kumpulan.txt"
    path.write_text("terbaik\n" * LINES_OF_ONE_SOURCE + "antre di loket lama sekali\n", encoding="utf-8")
    known = {key_of("antre di loket lama sekali"): frozenset({Label.COMPLAINT})}
    assert [row.source for row in read_lines(path, known)] == ["kumpulan, bagian 2"]
