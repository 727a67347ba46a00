"""What the benchmarks scribble: alike for the same seed, and what only dresses a word up is undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scribble import KINDS, scribbled
from classifiers.text import normalise

TEXT = "Jalan depan pasar rusak parah, sudah dilaporkan tetapi dibiarkan terus. Kapan diperbaiki?"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_a_text_in_the_same_way_for_the_same_seed(kind: str) -> None:
    assert scribbled(TEXT, kind, 1) == scribbled(TEXT, kind, 1) != TEXT


@pytest.mark.parametrize("kind", ["fancy letters", "lengthening", "leet"])
def test_the_normaliser_undoes_what_only_dresses_a_word_up(kind: str) -> None:
    plain, dressed = normalise(TEXT).split(), normalise(scribbled(TEXT, kind, 1)).split()
    same = sum(a == b for a, b in zip(plain, dressed, strict=True))
    assert same >= 0.7 * len(plain)


@given(st.text(max_size=80), st.sampled_from(sorted(KINDS)), st.integers(0, 9))
def test_any_text_can_be_scribbled(text: str, kind: str, seed: int) -> None:
    assert isinstance(scribbled(text, kind, seed), str)
