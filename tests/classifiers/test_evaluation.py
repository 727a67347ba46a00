"""The figures are the ones everybody else computes."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score

from classifiers.choose import load
from classifiers.dataset import Row
from classifiers.errors import MissingExtraError
from classifiers.evaluate import average_precision, compare, evaluate, learnt_sources
from classifiers.labels import Label
from classifiers.plot import plot


def made_up(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    truth = chance.random((rows, len(Label))) < 0.3
    scores = np.clip(0.3 * truth + chance.random((rows, len(Label))) * 0.7, 0, 1).round(2)
    return truth, scores


@pytest.mark.parametrize("seed", range(5))
def test_figures_agree_with_scikit_learn(seed: int) -> None:
    truth, scores = made_up(200, seed)
    found = compare(truth, scores, scores >= 0.5, scores >= 0.4, model="x")
    for place, label in enumerate(Label):
        figures, true, said = found.labels[label], truth[:, place], scores[:, place] >= 0.5
        assert figures.precision == pytest.approx(precision_score(true, said))
        assert figures.recall == pytest.approx(recall_score(true, said))
        assert figures.f1 == pytest.approx(f1_score(true, said))
        assert figures.average_precision == pytest.approx(average_precision_score(true, scores[:, place]))
        assert figures.caught == pytest.approx(recall_score(true, scores[:, place] >= 0.4))
        assert figures.low <= figures.f1 <= figures.high
    assert found.macro_f1 == pytest.approx(f1_score(truth, scores >= 0.5, average="macro"))
    assert found.macro_low < found.macro_f1 < found.macro_high


def test_calibration_error_of_a_case_done_by_hand() -> None:
    scores = np.full((10, len(Label)), 0.8)
    truth = np.zeros((10, len(Label)), bool)
    truth[:6] = True
    found = compare(truth, scores, scores > 0.5, scores > 0.5, model="x")
    assert found.calibration_error == pytest.approx(0.2)
    assert found.reliability == ((pytest.approx(0.8), pytest.approx(0.6), 80),)


def test_nothing_true_and_nothing_found_is_zero_and_not_an_error() -> None:
    nothing = np.zeros((4, len(Label)), bool)
    found = compare(nothing, nothing.astype(float), nothing, nothing, model="x")
    assert found.macro_f1 == 0.0
    assert found.exact == 1.0
    assert average_precision(nothing[:, 0], np.zeros(4)) == 0.0


def test_an_empty_file_gives_zeros() -> None:
    assert evaluate([], load()).rows == 0


def test_a_model_is_measured_on_rows_with_progress() -> None:
    rows = [
        Row("kapan jadwal imunisasi bulan depan kak?", frozenset({Label.QUESTION}), "a", "b"),
        Row("jalan rusak parah dibiarkan", frozenset({Label.COMPLAINT}), "a", "b"),
        Row("selamat pagi", frozenset(), "a", "b"),
    ]
    steps: list[tuple[int, int]] = []
    found = evaluate(rows, load(), progress=lambda *step: steps.append(step))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert found.exact == 1.0
    assert found.model == load().name
    plain = json.loads(found.to_json())
    assert plain["labels"]["question"]["f1"] == 1.0
    assert list(plain["labels"]) == [label.value for label in Label]


def test_the_same_figures_are_given_without_rows_of_sources_that_were_learnt_from() -> None:
    known = Row("kapan bayar tagihan kak?", frozenset({Label.QUESTION}), "stif_customer_service", "b")
    strange = Row("selamat pagi", frozenset({Label.PRAISE}), "tempat lain", "b")
    assert "stif_customer_service" in learnt_sources(load())
    found = evaluate([known, strange], load())
    assert found.new_sources is not None
    assert (found.rows, found.new_sources.rows) == (2, 1)
    assert (found.labels["question"].support, found.new_sources.labels["question"].support) == (1, 0)
    assert found.new_sources.exact == 0.0
    assert json.loads(found.to_json())["new_sources"]["rows"] == 1
    assert evaluate([strange], load()).new_sources is None, "all are new already"


def test_a_picture_is_drawn_or_the_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth, scores = made_up(100, 1)
    found = compare(truth, scores, scores >= 0.5, scores >= 0.4, model="x")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"\.\[plot\]"):
        plot(found, tmp_path / "a.png")
    monkeypatch.undo()
    pytest.importorskip("matplotlib.figure")
    plot(found, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
