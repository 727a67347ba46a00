"""Learning from corrections: it takes up what the team says, keeps the rest, and is judged before use."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from classifiers.base import Thresholds
from classifiers.choose import load
from classifiers.corrections import HELD_OUT, LEAST, Change, Judged, compare_two, learn, settled
from classifiers.corrections_fit import adapt
from classifiers.corrections_home import Home
from classifiers.dataset import (
    Row,
    authored,
    fingerprint,
    regression_set,
    share_of,
    to_learn_from,
)
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import read
from classifiers.errors import DataError, MissingExtraError, ModelError
from classifiers.evaluate import truth_of
from classifiers.labels import Label

SHIPPED_WEIGHTS = read(SHIPPED)
ANCHORS = [row.text for row in authored()[::40]]
STREETS = ["Melati", "Kenanga", "Mawar", "Anggrek", "Flamboyan", "Cempaka", "Dahlia", "Teratai", "Kamboja"]
TIMES = ["tadi pagi", "kemarin", "minggu lalu", "barusan", "sejak subuh", "semalam", "dua hari ini", "siang"]


def row(text: str, *labels: Label) -> Row:
    return Row(text, frozenset(labels), "koreksi tim", "milik instansi")


def house_words() -> list[Row]:
    """What this agency's citizens say when they are pleased; no model has ever heard it."""
    said = [f"klentring {street} mbregedel {time}" for street in STREETS for time in TIMES]
    return [row(text, Label.PRAISE) for text in said]


# --- the split that judges ---


def test_the_regression_set_is_a_fixed_small_share_of_every_field() -> None:
    chosen = regression_set()
    assert 0.03 < len(chosen) / len(authored()) < 0.05
    assert {row.source for row in chosen} == {row.source for row in authored()}
    assert all(sum(label in row.labels for row in chosen) >= 20 for label in Label)
    assert len(to_learn_from(authored())) + len(chosen) <= len(authored())


def test_a_copy_with_other_marks_cannot_be_learnt_from_either() -> None:
    original = regression_set()[0]
    copies = [row(f"  {original.text.upper()}!!! "), row(original.text.replace("a", "aaaa"))]
    assert to_learn_from([*copies, row("kalimat lain sama sekali")]) == [row("kalimat lain sama sekali")]
    assert settled(copies) == []


@given(st.text(max_size=80))
def test_a_text_always_falls_on_the_same_side(text: str) -> None:
    assert fingerprint(fingerprint(text)) == fingerprint(text)
    assert share_of(f" {text}!", "koreksi") == share_of(text, "koreksi")
    assert 0 <= share_of(text, "koreksi") < 1


def test_each_purpose_deals_anew() -> None:
    texts = [one.text for one in authored()[:2000]]
    both = np.array([[share_of(text, name) < 0.5 for name in ("koreksi", "regresi")] for text in texts])
    assert abs(np.corrcoef(both.T)[0, 1]) < 0.1
    assert 0.45 < both[:, 0].mean() < 0.55


# --- learning ---


def test_it_learns_a_word_of_the_agencys_own_and_keeps_what_it_knew() -> None:
    rows = house_words()
    lesson, unseen = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    before = LinearClassifier(SHIPPED_WEIGHTS)
    after = LinearClassifier(adapt(SHIPPED_WEIGHTS, [one.text for one in lesson], truth_of(lesson), ANCHORS))
    found = compare_two(unseen, before, after)
    assert found.right_before < 0.5 * found.rows
    assert found.right_after > 0.95 * found.rows
    kept = compare_two(regression_set(), before, after)
    assert kept.worse == ()
    assert abs(kept.macro.after - kept.macro.before) < 0.02
    reasons = after.classify(["klentring Sakura mbregedel"])[0].reasons
    assert "klentring" in " ".join(reason.text for reason in reasons)


def test_it_takes_one_core_and_leaves_the_others_to_the_bot() -> None:
    def threads() -> set[int]:
        return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}

    def tell(_what: str, done: int, out_of: int) -> None:
        if 1 < done < out_of:
            taken.append(threads())

    rows, taken = house_words(), list[set[int]]()
    with threadpool_limits(2, "blas"):
        adapt(SHIPPED_WEIGHTS, [one.text for one in rows], truth_of(rows), ANCHORS[:20], progress=tell)
        if 2 not in threads():
            pytest.skip("the library takes no more than one core here anyway")
    assert taken == [{1}] * len(Label)


def test_without_corrections_nothing_changes() -> None:
    same = adapt(SHIPPED_WEIGHTS, [], np.zeros((0, len(Label)), bool), ANCHORS)
    texts = [one.text for one in authored()[::97]]
    first, second = (LinearClassifier(weights).scores(texts) for weights in (SHIPPED_WEIGHTS, same))
    assert np.abs(first - second).max() < 0.02


def test_the_same_corrections_give_the_same_model() -> None:
    rows = house_words()[:30]
    first, second = (
        adapt(SHIPPED_WEIGHTS, [one.text for one in rows], truth_of(rows), ANCHORS[:50]) for _ in range(2)
    )
    assert all((a.weights == b.weights).all() for a, b in zip(first.families, second.families, strict=True))


def test_a_whole_lesson_is_judged_on_what_it_did_not_see(tmp_path: Path) -> None:
    rows = settled(house_words())
    told: list[tuple[str, int, int]] = []
    found = learn(SHIPPED_WEIGHTS, load(), rows, progress=lambda *step: told.append(step), most_anchors=300)
    assert found.learnt_from + found.corrections.rows == len(rows)
    assert found.corrections.rows == sum(share_of(one.text, "koreksi") < HELD_OUT for one in rows) > 5
    assert found.regression.rows == len(regression_set())
    assert not found.worse
    assert found.corrections.macro.after > found.corrections.macro.before
    assert found.weights.about["corrections"] == found.learnt_from
    assert found.weights.about["shipped"] == SHIPPED_WEIGHTS.digest
    assert [done for _, done, _ in told] == list(range(len(Label) + 3))
    home = Home(tmp_path)
    home.install(found.weights)
    installed = load(home.resolve("default"))
    assert installed.name != load().name
    assert Label.PRAISE in installed.classify(["klentring Sakura mbregedel"])[0].labels


def test_a_lesson_that_turns_everything_round_is_found_out() -> None:
    wrong = [row(one.text, *({Label.SPAM} ^ one.labels)) for one in to_learn_from(authored())[::60]]
    found = learn(SHIPPED_WEIGHTS, load(), settled(wrong), most_anchors=50)
    assert found.worse
    assert "makro" in found.regression.worse
    assert "spam" in found.regression.worse


def test_the_agencys_own_thresholds_judge_too() -> None:
    deaf = dict.fromkeys(Label, Thresholds(1.0, 1.0))
    found = learn(SHIPPED_WEIGHTS, load("default", deaf), settled(house_words()[:30]), deaf, most_anchors=50)
    assert (found.corrections.right_before, found.corrections.right_after) == (0, 0)


def test_few_corrections_teach_nothing() -> None:
    with pytest.raises(DataError, match=f"paling sedikit {LEAST}"):
        learn(SHIPPED_WEIGHTS, load(), house_words()[: LEAST - 1])


def test_without_the_training_package_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtraError, match=r"\.\[train\]"):
        learn(SHIPPED_WEIGHTS, load(), house_words())


def test_the_latest_word_on_a_text_counts() -> None:
    rows = [row("air mati", Label.QUESTION), row("lampu mati"), row("Air mati!", Label.COMPLAINT), row("  ")]
    assert settled(rows) == [row("Air mati!", Label.COMPLAINT), row("lampu mati")]


# --- the rule ---


class Fixed:
    """A model that says of the n-th row of `rows` what stands in `said`."""

    name = "tetap"
    at_once = 1

    def __init__(self, rows: list[Row], said: list[set[Label]]) -> None:
        self._said = {row.text: labels for row, labels in zip(rows, said, strict=True)}

    def classify(self, texts: list[str]) -> list[object]:
        return [type("P", (), {"labels": tuple(self._said[text])}) for text in texts]


def spams(count: int) -> list[Row]:
    return [row(f"teks nomor {n}", Label.SPAM) for n in range(count)]


def test_a_large_fall_counts_and_a_small_one_may_be_chance() -> None:
    rows = spams(100)
    perfect = Fixed(rows, [{Label.SPAM}] * 100)
    slipped = Fixed(rows, [{Label.SPAM}] * 98 + [set()] * 2)
    fallen = Fixed(rows, [{Label.SPAM}] * 60 + [set()] * 40)
    assert compare_two(rows, perfect, perfect).worse == ()
    assert compare_two(rows, perfect, slipped).worse == ()
    assert compare_two(rows, perfect, fallen).worse == ("makro", "spam")
    assert compare_two(rows, fallen, perfect).worse == ()


def test_the_interval_encloses_the_change() -> None:
    rows = spams(100)
    first = Fixed(rows, [{Label.SPAM}] * 90 + [set()] * 10)
    second = Fixed(rows, [{Label.SPAM}] * 60 + [set()] * 40)
    change = compare_two(rows, first, second).labels[Label.SPAM]
    assert change.low < change.after - change.before < change.high < 0
    assert Change(0.5, 0.4, -0.2, 0.0).worse is False


@pytest.mark.parametrize(("count", "before", "after"), [(5, 4, 2), (25, 25, 24), (25, 20, 8)])
def test_on_few_corrections_any_fall_of_the_average_is_enough(count: int, before: int, after: int) -> None:
    rows = spams(count)
    first, second = (Fixed(rows, [{Label.SPAM}] * n + [set()] * (count - n)) for n in (before, after))
    nothing = compare_two([], first, second)
    fallen = Judged(15, compare_two(rows, first, second), nothing)
    assert fallen.worse
    assert fallen.surely_worse == (after == 8), "one or two of these may be chance, and it says so"
    assert not Judged(15, compare_two(rows, second, first), nothing).worse
    assert not Judged(15, nothing, compare_two(spams(5), first, first)).worse


def test_the_many_rows_of_the_regression_set_keep_their_interval() -> None:
    rows = spams(100)
    first, second = (Fixed(rows, [{Label.SPAM}] * n + [set()] * (100 - n)) for n in (100, 98))
    found = Judged(15, compare_two([], first, second), compare_two(rows, first, second))
    assert found.regression.macro.fell
    assert not found.worse


def test_comments_of_signs_alone_are_learnt_too() -> None:
    rows = [row("👎👎", Label.COMPLAINT), row("👎 👎👎", Label.ABUSIVE), row("👍", Label.PRAISE), row(" \n")]
    assert settled(rows) == rows[1:3]


def test_no_rows_judge_nothing() -> None:
    found = compare_two([], load(), load())
    assert (found.rows, found.worse, found.labels) == (0, (), {})


# --- where it lies ---


def model(seed: int) -> object:
    rows = house_words()[seed : seed + 3]
    return adapt(SHIPPED_WEIGHTS, [one.text for one in rows], truth_of(rows), ANCHORS[:5])


def test_installing_keeps_the_one_before_and_rolling_back_brings_it_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "model")
    assert home.resolve("default") == "default"
    home.install(model(0))
    first = load(home.resolve("default")).name
    home.install(model(9))
    assert load(home.resolve("default")).name != first
    assert load(home.roll_back()).name == first
    assert home.roll_back() == "default"
    assert home.resolve("default") == "default"
    with pytest.raises(ModelError, match="Belum ada model tim"):
        home.roll_back()
    assert not list(home.current.parent.glob("*.baru"))


def test_after_a_roll_back_to_the_shipped_model_no_older_one_returns(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.install(model(0))
    home.install(model(9))
    home.roll_back()
    home.roll_back()
    home.install(model(18))
    assert home.roll_back() == "default"


def test_the_words_of_the_config_mean_what_they_say(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.resolve("bawaan") == "default"
    home.install(model(0))
    assert home.resolve("bawaan") == "default"
    assert home.resolve("default") == str(home.current)
    assert home.resolve("lain/model") == "lain/model"


def test_a_disk_that_refuses_leaves_the_old_model_in_use(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("a file where the folder should be", encoding="utf-8")
    home = Home(tmp_path / "model")
    with pytest.raises(ModelError, match="tidak dapat disimpan"):
        home.install(SHIPPED_WEIGHTS)
    assert home.resolve("default") == "default"


def test_a_torn_older_model_is_not_taken_back_into_use(tmp_path: Path) -> None:
    home = Home(tmp_path / "model")
    home.install(SHIPPED_WEIGHTS)
    home.install(SHIPPED_WEIGHTS)
    older = tmp_path / "model" / "tim-sebelumnya.bin"
    older.write_bytes(older.read_bytes()[:5000])
    with pytest.raises(ModelError):
        home.roll_back()
    assert load(str(home.current)).name, "the one in use stays in use"
    assert not list(tmp_path.glob("model/*.baru"))
