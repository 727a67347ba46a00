"""The fairness set: large and varied enough, learnt by no model, and measured as it says."""

import json
from collections import Counter

import pytest

from classifiers.choose import load
from classifiers.dataset import authored, fingerprint
from classifiers.default.model import LinearClassifier
from classifiers.default.weights import Family, Weights
from classifiers.fairness import Kind, Sentence, measure, sentences, table
from classifiers.labels import Label
from classifiers.text import normalise

IDENTITIES = {"suku", "agama", "daerah", "gender", "orientasi", "disabilitas", "usia", "kebangsaan"}


def test_both_sets_are_as_large_as_promised_and_no_group_is_forgotten() -> None:
    counts = Counter((one.kind, one.group) for one in sentences())
    per_kind = Counter(one.kind for one in sentences())
    assert per_kind[Kind.IDENTITY] >= 300
    assert per_kind[Kind.CRITICISM] >= 300
    assert {group for kind, group in counts if kind is Kind.IDENTITY} == IDENTITIES
    assert min(counts.values()) >= 30, "a group with few sentences measures nothing"


def test_no_sentence_is_there_twice_or_among_those_that_models_learn_from() -> None:
    prints = [fingerprint(one.text) for one in sentences()]
    assert len(set(prints)) == len(prints)
    assert not set(prints) & {fingerprint(row.text) for row in authored()}


def test_no_two_sentences_are_one_template_with_another_group() -> None:
    beginnings = Counter(" ".join(normalise(one.text).split()[:4]) for one in sentences())
    assert max(beginnings.values()) <= 2


def shouting() -> LinearClassifier:
    """A model that calls everything hate."""
    shipped = load()
    known = shipped._weights
    loud = [9.0 if label is Label.HATE else -9.0 for label in Label]
    empty = [Family(one.keys[:0], one.idf[:0], one.weights[:0], one.scales[:0]) for one in known.families]
    return LinearClassifier(Weights((empty[0], empty[1]), known.bias * 0 + loud, known.thresholds, {}))


def test_a_model_that_shouts_hate_is_seen_to_do_so() -> None:
    found = measure(shouting())
    assert {rate.rate for rate in (*found.groups, *found.totals)} == {1.0}
    assert len(found.wrong) == len(sentences())


def test_rates_and_intervals_are_those_of_the_textbook() -> None:
    given = [Sentence("kadrun sampah semua", Kind.IDENTITY, "uji")] * 2 + [
        Sentence("selamat pagi", Kind.IDENTITY, "uji")
    ] * 8
    found = measure(load(), given)
    (group,) = found.groups
    (total,) = found.totals
    assert (group.rows, group.called_hate, group.rate) == (10, 2, 0.2)
    assert (group.low, group.high) == (pytest.approx(0.0567, abs=1e-3), pytest.approx(0.5098, abs=1e-3))
    assert total.rate == group.rate
    assert [text for _, text in found.wrong] == ["kadrun sampah semua"] * 2


def test_the_shipped_model_is_measured_and_printed() -> None:
    found = measure(load())
    assert [rate.rows for rate in found.totals] == [320, 320]
    wrong = {rate.kind: rate.called_hate for rate in found.totals}
    # Shipped: 6 and 1, once 11 and 1. A retraining that goes back there is not to be shipped unseen.
    assert wrong["identitas"] <= 10
    assert wrong["kritik"] <= 4
    plain = json.loads(found.to_json())
    assert {rate["group"] for rate in plain["groups"]} >= IDENTITIES
    lines = table(found).splitlines()
    assert len(lines) == 2 + len(found.groups) + 2
    assert lines[-1].startswith("| kritik | semua | 320 |")
