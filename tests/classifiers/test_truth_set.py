"""What the truth set of the matcher promises of itself."""

import json
import random
from collections import Counter

import pytest

from benchmarks.matching_truth import FEWEST, HOME, MOST, Kind, Said, agreement, is_kept, stream
from benchmarks.matters_noise import copy_of
from bot.copies import RecentTexts
from bot.domain.case import CaseId
from bot.domain.cluster import OFFERED_FROM


def test_it_has_three_hundred_matters_of_five_to_forty_copies() -> None:
    both = [*stream(kept=False), *stream(kept=True)]
    copies = Counter(one.matter for one in both if one.kind is Kind.COPY)
    assert len(copies) >= 300
    assert min(copies.values()) == FEWEST
    assert max(copies.values()) == MOST
    assert {one.kind for one in both} == set(Kind)


def test_half_of_it_is_kept_aside_and_shares_nothing_with_the_other() -> None:
    tuned = {one.matter for one in stream(kept=False)}
    kept = {one.matter for one in stream(kept=True)}
    assert not tuned & kept
    assert 0.4 < len(kept) / len(kept | tuned) < 0.6
    assert all(is_kept(matter.split(":")[0]) for matter in kept)


def test_it_is_the_same_every_time() -> None:
    assert stream(kept=False) == stream(kept=False)


def test_a_row_is_whole_and_a_short_text_is_short() -> None:
    rows = [json.loads(line) for line in (HOME / "matters.jsonl").read_text("utf-8").splitlines()]
    assert len({row["text"] for row in rows}) == len(rows)
    for row in rows:
        assert len(row["text"].split()) > 10
        assert row["look_alike"] not in {row["text"], row["paraphrase"]}
    short = [json.loads(line) for line in (HOME / "short.jsonl").read_text("utf-8").splitlines()]
    assert all(len(row["text"].split()) < 8 for row in short)


@pytest.mark.parametrize("number", range(40))
def test_noise_never_changes_a_number(number: int) -> None:
    text = "Bantuan 600 ribu untuk 12 keluarga di gang nomor 4 belum cair sejak bulan Mei, tanya lurah"
    copy = copy_of(text, random.Random(number), whole=True)
    assert [digit for digit in copy if digit.isdigit()][:6] == list("600124")[:6]


def test_of_proposals_for_other_words_most_are_right_and_two_of_five_are_found() -> None:
    """On the tuned half. A matter is one of many here from its third copy on, as in `bot/copies.py`."""
    recent, matter, homes, tally = RecentTexts(), dict[int, str](), Counter[str](), Counter[str]()
    for place, one in enumerate(stream(kept=False)):
        found = recent.near(one.text, one.thread)
        joined = next((near for near in found if near.how is not None), None)
        lead = joined.lead if joined is not None else CaseId(place + 1)
        if joined is None:
            matter[lead] = one.matter
            offered = {near.lead for near in found if near.share >= OFFERED_FROM}
            for near in [near for near in recent.in_other_words(one.text) if near.lead not in offered][:1]:
                tally["right" if matter[near.lead] == one.matter else "wrong"] += 1
                tally["met"] += one.kind is Kind.PARAPHRASE and matter[near.lead] == one.matter
            tally["able"] += one.kind is Kind.PARAPHRASE and homes[one.matter] >= 3
        homes[one.matter] += 1
        recent.put(lead, one.text, one.thread)
    assert tally["right"] / (tally["right"] + tally["wrong"]) >= 0.6
    assert tally["met"] / tally["able"] >= 0.4


def _said(matter: str, kind: Kind = Kind.COPY) -> Said:
    return Said("", matter, kind, "a")


def test_agreement_counts_what_stands_wrong_and_what_is_missing() -> None:
    said = [_said("a"), _said("a"), _said("a"), _said("b"), _said("b"), _said("b", Kind.PARAPHRASE)]
    perfect = agreement(said, [1, 1, 1, 2, 2, 3], [set()] * 5 + [{2}])
    assert (perfect.precision, perfect.recall, perfect.join_precision) == (1.0, 1.0, 1.0)
    assert (perfect.paraphrases, perfect.paraphrases_offered) == (1, 1)
    mixed = agreement(said, [1, 1, 2, 1, 3, 3], [set()] * 6)
    assert mixed.wrong == {Kind.COPY: 1}
    assert mixed.precision == pytest.approx(2 / 4)
    assert mixed.recall == pytest.approx(1 / 4)
