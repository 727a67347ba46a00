"""Why a file cannot be read or written, in words of those who read them."""

import errno
from pathlib import Path

import pytest

from classifiers.dataset import read_rows
from classifiers.default.weights import read
from classifiers.errors import DataError, ModelError, because

ENGLISH = ("No such", "Permission", "directory", "file", "Errno", "space", "denied")


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_is_told_in_english(number: int) -> None:
    said = because(OSError(number, "No such file or directory"))
    assert said
    assert not any(word in said for word in ENGLISH)


def test_an_error_without_a_number_says_its_kind_and_no_more() -> None:
    assert because(OSError("disk on fire")) == "kesalahan sistem OSError"


def test_real_files_bring_about_the_reasons(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tidak dapat dibaca \(tidak ada\)"):
        read(tmp_path / "tidak-ada.bin")
    with pytest.raises(ModelError, match=r"tidak dapat dibaca \(itu folder, bukan berkas\)"):
        read(tmp_path)
    with pytest.raises(DataError, match=r"tidak dapat dibaca \(tidak ada\)"):
        read_rows(tmp_path / "tidak-ada.jsonl")
    torn = tmp_path / "data.jsonl"
    torn.write_bytes(b'{"text": "jalan rusak \xff"}')
    with pytest.raises(DataError, match=r"tidak dapat dibaca \(bukan UTF-8, byte ke-23\)"):
        read_rows(torn)
