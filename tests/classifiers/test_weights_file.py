"""The weights file: whole and of this version, or refused with a sentence."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.base import Thresholds
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import Weights, known_rows, pack, quantise, read
from classifiers.errors import ModelError
from classifiers.labels import Label


def small_weights() -> Weights:
    chance = np.random.default_rng(7)
    families = [
        quantise(
            np.sort(chance.choice(2**32, rows, replace=False)).astype(np.uint32),
            chance.uniform(1, 9, rows).astype(np.float32),
            chance.normal(0, 2, (rows, len(Label))).astype(np.float32),
        )
        for rows in (40, 60)
    ]
    lines = dict.fromkeys(Label, Thresholds(0.5, 0.25))
    return Weights((families[0], families[1]), np.zeros(8, np.float32), lines, {"seed": 7})


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made, path = small_weights(), tmp_path / "model.bin"
    path.write_bytes(pack(made))
    found = read(path)
    assert found.thresholds == made.thresholds
    assert found.about == made.about
    for before, after in zip(made.families, found.families, strict=True):
        for name in ("keys", "idf", "weights", "scales"):
            np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    assert pack(found) == pack(made)


def test_one_byte_keeps_a_weight_to_within_a_step() -> None:
    weights = np.random.default_rng(1).normal(0, 3, (500, 8)).astype(np.float32)
    family = quantise(np.arange(500, dtype=np.uint32), np.ones(500, np.float32), weights)
    error = np.abs(family.real(np.arange(500)) - weights)
    assert (error <= 1.05 * family.scales[:, None]).all()


def test_a_row_of_zeros_stays_zero() -> None:
    family = quantise(np.arange(2, dtype=np.uint32), np.ones(2, np.float32), np.zeros((2, 8), np.float32))
    assert not family.real(np.arange(2)).any()


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tidak dapat dibaca.*tanggap train"):
        read(tmp_path / "tidak-ada.bin")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gambar.bin"
    path.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(ModelError, match="bukan model Tanggap"):
        read(path)


def test_labels_of_another_version_are_refused(tmp_path: Path) -> None:
    _, _, body = pack(small_weights()).partition(b"\n")
    other = body.replace(b'"praise"', b'"pujian"')
    path = tmp_path / "lain.bin"
    path.write_bytes(b"tanggap-weights 1 " + hashlib.sha256(other).hexdigest().encode() + b"\n" + other)
    with pytest.raises(ModelError, match="tidak dikenal versi"):
        read(path)


WHOLE = pack(small_weights())


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE) - 1))
def test_no_cut_file_is_taken_for_a_model(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "model.bin"
    path.write_bytes(WHOLE[:length])
    with pytest.raises(ModelError):
        read(path)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_altered_byte_goes_unseen(tmp_path_factory: pytest.TempPathFactory, place: int, flip: int) -> None:
    altered = bytearray(WHOLE)
    altered[place] ^= flip
    path = tmp_path_factory.mktemp("altered") / "model.bin"
    path.write_bytes(altered)
    with pytest.raises(ModelError):
        read(path)


def test_a_truncated_shipped_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(SHIPPED.read_bytes()[:-1])
    with pytest.raises(ModelError, match="rusak atau terpotong"):
        LinearClassifier(read(path))


@given(st.sets(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_looking_keys_up_agrees_with_a_dictionary(known: set[int], wanted: list[int]) -> None:
    keys = np.array(sorted(known), np.uint32)
    rows, found = known_rows(keys, np.array(wanted, np.uint32))
    assert found.tolist() == [key in known for key in wanted]
    assert keys[rows[found]].tolist() == [key for key in wanted if key in known]
