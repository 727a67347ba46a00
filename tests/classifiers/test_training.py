"""Training on a small share of the authored comments: seconds, and the whole way."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from classifiers.dataset import Row, authored
from classifiers.default.model import LinearClassifier
from classifiers.default.weights import pack
from classifiers.errors import DataError, MissingExtraError, ModelError
from classifiers.evaluate import truth_of
from classifiers.fit import LEFT_OUT, best_line, common_line, draw_lines, fit, keys_of, lightened
from classifiers.labels import Label
from classifiers.train import FOLDS, Trained, as_real, save, source_folds, train

ROWS = authored()[::30]
OTHERS = authored()[5::20]


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(ROWS, seed=3)


def test_it_learns_what_carries_over_to_sources_left_out(trained: Trained) -> None:
    # Always answering every label gives F1 around 0.17 on these rows.
    assert trained.out_of_source.macro_f1 > 0.45
    assert trained.out_of_source.calibration_error < 0.05


def test_one_byte_weights_decide_as_the_trained_ones(trained: Trained) -> None:
    classifier = LinearClassifier(trained.weights)
    rows = [*ROWS, *OTHERS]
    exact = 1 / (1 + np.exp(-trained.exact.log_odds([keys_of(row.text) for row in rows]).astype(np.float64)))
    small = classifier.scores([row.text for row in rows])
    lines = np.array([classifier.thresholds[label].certain for label in Label])
    agreement = ((exact >= lines) == (small >= lines)).mean()
    assert agreement >= 0.999
    assert np.abs(exact - small).max() < 0.02


def test_the_file_says_how_many_decisions_rounding_changed(trained: Trained) -> None:
    counted = trained.weights.about["as_real_weights"]
    assert counted["decisions"] == len(ROWS) * len(Label)
    assert 0.999 * counted["decisions"] <= counted["same"] <= counted["decisions"]


def test_rounding_that_changes_decisions_is_counted(trained: Trained) -> None:
    """Half of the weights lost: the count must notice."""
    words, letters = trained.weights.families
    mute = replace(letters, weights=np.zeros_like(letters.weights))
    poorer = replace(trained.weights, families=(words, mute))
    counted = as_real(poorer, trained.exact, [keys_of(row.text) for row in ROWS])
    assert counted["same"] < 0.99 * counted["decisions"]


def test_what_hardly_speaks_is_left_out_and_the_answers_stay() -> None:
    texts, truth = [keys_of(row.text) for row in ROWS], truth_of(ROWS)
    whole = fit(texts, truth, 0)
    light = lightened(whole, texts)
    words, fewer = (len(model.vocabularies[0].keys) for model in (whole, light))
    assert fewer == pytest.approx((1 - LEFT_OUT) * words, rel=0.02)
    assert len(light.vocabularies[1].keys) == len(whole.vocabularies[1].keys)
    fresh = [keys_of(row.text) for row in OTHERS]
    before, after = whole.log_odds(fresh), light.log_odds(fresh)
    assert ((before > 0) == (after > 0)).mean() > 0.99
    assert np.polyfit(before.ravel(), after.ravel(), 1)[0] == pytest.approx(1, abs=0.05)


def test_the_same_rows_and_seed_give_the_same_file() -> None:
    first, second = (pack(train(ROWS[:120], seed=3).weights) for _ in range(2))
    assert first == second


def test_saving_gives_a_model_that_answers_from_the_file(trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    classifier = save(trained, path)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["model.bin"]
    right = sum(
        set(prediction.labels) == row.labels
        for row, prediction in zip(ROWS, classifier.classify([row.text for row in ROWS]), strict=True)
    )
    assert right > 0.9 * len(ROWS), "it must at least remember what it was shown"


def test_a_model_that_cannot_be_saved_leaves_nothing_behind(trained: Trained, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="tidak dapat disimpan"):
        save(trained, tmp_path / "tidak" / "ada" / "model.bin")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    train(ROWS[::4], progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(FOLDS + 3))
    assert {steps for _, _, steps in told} == {FOLDS + 2}


def test_without_scikit_learn_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(MissingExtraError, match=r"pip install -e '\.\[train\]'"):
        train(ROWS)


def test_too_little_to_learn_from_is_refused() -> None:
    with pytest.raises(DataError, match="hanya 3 baris"):
        train(ROWS[:3])


def test_a_label_nobody_used_is_never_given() -> None:
    rows = [row for row in ROWS[:150] if Label.SPAM not in row.labels]
    classifier = LinearClassifier(train(rows).weights)
    assert not [row for row in OTHERS if Label.SPAM in classifier.classify([row.text])[0].labels]


def row(source: str) -> Row:
    return Row("teks", frozenset(), source, "Apache-2.0")


def test_no_source_is_split_between_two_parts() -> None:
    rows = [row(source) for source in "aaaaabbbccddefghijkl" * 3]
    parts = source_folds(rows)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(rows)))
    homes = [{rows[place].source for place in part} for part in parts]
    assert sum(map(len, homes)) == len(set.union(*homes)) == 12
    assert len(parts) == FOLDS


def test_a_single_source_is_dealt_out() -> None:
    parts = source_folds([row("sama")] * 30)
    assert sorted(np.concatenate(parts).tolist()) == list(range(30))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_the_best_line_parts_what_can_be_parted() -> None:
    true = np.array([True, True, False, True, False])
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    assert best_line(true, scores, 1.0) == pytest.approx(0.6)
    assert best_line(true[:3], scores[:3], 1.0) == pytest.approx(0.8)
    assert best_line(np.zeros(5, bool), scores, 1.0) == 0.5


def test_equal_scores_are_never_parted() -> None:
    true, scores = np.array([True, False, False]), np.array([0.5, 0.5, 0.1])
    assert ((scores >= best_line(true, scores, 1.0)) == [True, True, False]).all()


def told(*scores: float) -> NDArray[np.float64]:
    """Texts that get this score for every label."""
    return np.tile(np.array(scores)[:, None], (1, len(Label)))


def true_above(scores: NDArray[np.float64], line: float) -> NDArray[np.bool_]:
    return scores >= line


def test_a_small_source_has_as_much_say_in_the_common_line_as_a_large_one() -> None:
    large, small = told(*np.linspace(0.01, 0.99, 900)), told(*np.linspace(0.01, 0.99, 40))
    truth = np.vstack([true_above(large, 0.2), true_above(small, 0.6)])
    sources = ["besar"] * 900 + ["kecil"] * 40
    line = common_line(truth, np.vstack([large, small]), sources)
    assert best_line(truth[:, 0], np.vstack([large, small])[:, 0], 1.0) == pytest.approx(0.2, abs=0.02)
    assert line is not None
    assert 0.2 < line <= 0.6


def test_a_source_with_hardly_a_true_text_says_nothing_about_lines() -> None:
    scores = told(0.2, 0.4, 0.6, 0.8, 0.9)
    assert common_line(true_above(scores, 0.5), scores, ["satu"] * 5) is None
    apart = draw_lines(true_above(scores, 0.5), scores, ["satu"] * 5)
    assert apart == draw_lines(true_above(scores, 0.5), scores)


def test_the_line_of_emergencies_alone_lies_halfway_to_the_common_one() -> None:
    scores = told(*np.linspace(0.01, 0.99, 400))
    truth = true_above(scores, 0.7)
    place = list(Label).index(Label.EMERGENCY)
    truth[:, place] = scores[:, place] >= 0.3
    alone, drawn = draw_lines(truth, scores), draw_lines(truth, scores, ["satu"] * 400)
    common = common_line(truth, scores, ["satu"] * 400)
    assert common == pytest.approx(0.7, abs=0.03)
    halfway = (alone[Label.EMERGENCY].certain + (common or 0)) / 2
    assert drawn[Label.EMERGENCY].certain == pytest.approx(halfway, abs=1e-3)
    assert drawn[Label.EMERGENCY].unsure == alone[Label.EMERGENCY].unsure
    assert all(drawn[label] == alone[label] for label in Label if label is not Label.EMERGENCY)


def test_truth_has_a_column_per_label() -> None:
    truth = truth_of([Row("x", frozenset({Label.HOAX, Label.PRAISE}), "a", "b")])
    assert truth.tolist() == [[label in {Label.HOAX, Label.PRAISE} for label in Label]]
