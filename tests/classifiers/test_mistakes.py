"""What an evaluation says beyond the figures: confusion, the worst errors, source by source, masked texts."""

import json

import numpy as np
import pytest

from classifiers.choose import load
from classifiers.dataset import Row, authored, row_of
from classifiers.evaluate import evaluate, truth_of
from classifiers.explain import masked
from classifiers.labels import Label
from classifiers.mistakes import MOST_SHOWN, NOTHING, by_register, by_source, confusion, worst

Q, C, H = Label.QUESTION, Label.COMPLAINT, Label.HOAX
PLACE = {label: place for place, label in enumerate(Label)}


def said(*rows: set[Label]) -> np.ndarray:
    return np.array([[label in row for label in Label] for row in rows], dtype=bool)


def test_the_confusion_tells_what_was_said_instead() -> None:
    truth = said({Q}, {Q, C}, {H}, set(), {C}, set())
    model = said({Q}, {Q, H}, set(), {C}, {C, H}, set())
    table = confusion(truth, model)
    assert (table["question"]["question"], table["complaint"]["complaint"]) == (2, 1)
    assert table["complaint"]["hoax"] == 1, "missed in the second, and hoax was said of it"
    assert table["hoax"] == {**dict.fromkeys(table["hoax"], 0), NOTHING: 1}
    assert (table[NOTHING]["complaint"], table[NOTHING]["hoax"]) == (1, 1)
    assert list(table) == [*(label.value for label in Label), NOTHING]


def test_every_positive_is_a_hit_or_a_miss_in_its_row() -> None:
    chance = np.random.default_rng(4)
    truth, model = (chance.random((300, len(Label))) < 0.2 for _ in range(2))
    table = confusion(truth, model)
    for label, place in PLACE.items():
        assert table[label][label] == int((truth & model)[:, place].sum())
        assert sum(table[label].values()) >= int(truth[:, place].sum())
    only_wrong = ((model & ~truth).any(axis=1) & ~(truth & ~model).any(axis=1)).sum()
    assert sum(table[NOTHING].values()) >= only_wrong


def test_the_worst_errors_are_those_the_model_was_surest_of_one_per_text() -> None:
    rows = [Row(f"teks {n}", frozenset(labels), "s", "l") for n, labels in enumerate([{Q}, {C}, set(), {H}])]
    scores = np.full((4, len(Label)), 0.1)
    scores[0, PLACE[Q]] = 0.9  # right
    scores[1, PLACE[C]] = 0.4  # missed by 0.6
    scores[2, PLACE[H]] = 0.95  # wrongly said
    scores[2, PLACE[Q]] = 0.8  # wrongly said too, but less so
    scores[3, PLACE[H]] = 0.05  # missed by 0.95
    found = worst(rows, scores, scores >= 0.5)
    assert [(one.row, one.label, one.missed) for one in found] == [
        (3, "hoax", False), (4, "hoax", True), (2, "complaint", True),
    ]  # fmt: skip
    assert found[0].said == ("question", "hoax")
    assert found[1].true == ("hoax",)
    assert worst([], np.zeros((0, len(Label))), np.zeros((0, len(Label)), bool)) == ()


def test_sources_come_by_size_each_with_its_own_figures() -> None:
    rows = [Row("x", frozenset(labels), source, "l") for source, labels in
            [("b", {Q}), ("a", {Q}), ("a", {C}), ("c", set())]]  # fmt: skip
    truth = truth_of(rows)
    model = said({Q}, {Q}, {Q}, set())
    first, second, third = by_source(rows, truth, model)
    assert (first.source, first.rows, first.exact) == ("a", 2, 0.5)
    assert first.micro_f1 == pytest.approx(0.5)
    assert first.macro_f1 == pytest.approx((2 / 3 + 0) / 2)
    assert (second.source, second.micro_f1) == ("b", 1.0)
    assert (third.source, third.micro_f1, third.macro_f1) == ("c", 1.0, 1.0)


def test_registers_are_told_apart_where_the_rows_name_them() -> None:
    rows = [Row("x", frozenset({Q}), "s", "l", register) for register in ("post", "reply", "", "reply")]
    model = said({Q}, {Q}, {Q}, {C})
    found = by_register(rows, truth_of(rows), model)
    assert [(one.source, one.rows, one.exact) for one in found] == [("reply", 2, 0.5), ("post", 1, 1.0)]
    assert row_of({"text": "x", "labels": [], "register": "forum"}, "s", "l").register == "forum"
    measured = evaluate(authored()[:200], load())
    assert len(measured.by_register) > 1
    assert sum(one.rows for one in measured.by_register) == 200


def test_an_evaluation_of_real_comments_holds_together() -> None:
    rows = authored()[::150]
    found = evaluate(rows, load())
    assert sum(one.rows for one in found.by_source) == len(rows)
    assert 0 < len(found.worst) <= MOST_SHOWN
    assert [one.surprise for one in found.worst] == sorted(
        (one.surprise for one in found.worst), reverse=True
    )
    for one in found.worst:
        assert (one.label in one.true) == one.missed != (one.label in one.said)
        assert set(one.true) == rows[one.row - 1].labels
    hits = sum(found.confusion[label][label] for label in Label)
    positives = sum(len(row.labels) for row in rows)
    assert found.micro_recall == pytest.approx(hits / positives)
    assert found.micro_f1 == pytest.approx(
        2 * found.micro_precision * found.micro_recall / (found.micro_precision + found.micro_recall)
    )
    plain = json.loads(found.to_json())
    assert {"confusion", "worst", "by_source", "micro_f1"} <= set(plain)


def test_a_masked_text_shows_no_address_and_stays_on_one_line() -> None:
    text = "Hubungi @warga_x atau 0812-3456-7890\n\x1b[31m surel@contoh.id"
    shown = masked(f"{text} https://contoh.id/a?b=1 NIK 3201010101010001")
    assert shown == "Hubungi <orang> atau <telp> [31m <surel> <url> NIK <nomor>"
    assert masked("biasa saja, kok.") == "biasa saja, kok."
    long = masked("kata " * 3000)
    assert len(long) <= 6001
    assert long.endswith("…")
