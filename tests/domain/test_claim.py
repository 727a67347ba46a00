"""A claim's life: reported, checked, found with sources, confirmed, set right, closed, opened again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import claim as rules
from bot.domain.claim import UNVERIFIED, Claim, ClaimStatus, ClaimType, Finding, Stance
from bot.domain.claim_words import names_a_source, read_finding
from bot.domain.errors import BadInput, Outdated, Refused, WrongState
from bot.domain.people import PersonId
from bot.domain.stance import stance_of

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SARI, RATNA = PersonId("sari"), PersonId("ratna")
SOURCE = "https://dinkes.contoh.go.id/air"
ALLOWED = ("go.id",)


def reported() -> Claim:
    return rules.report("Air kota dicampur racun", SARI, NINE - timedelta(minutes=20), NINE)


def proposed(finding: Finding = Finding.FALSE, *sources: str) -> Claim:
    claim = rules.check(reported(), 1, NINE)
    return rules.propose(
        claim, finding, "Hasil uji hari ini baik", sources or (SOURCE,), SARI, ALLOWED, seen=2, now=NINE
    )


def test_from_the_first_sighting_to_the_first_correct_post() -> None:
    claim = proposed()
    assert (claim.status, claim.verified) == (ClaimStatus.CHECKING, False)
    claim = rules.confirm(claim, RATNA, claim.version, NINE)
    assert (claim.status, claim.confirmed_by) == (ClaimStatus.FOUND, RATNA)
    claim = rules.corrected(claim, "https://t.me/kota/12", NINE + timedelta(minutes=25))
    assert claim.status is ClaimStatus.CLARIFIED
    assert claim.took == timedelta(minutes=45)
    again = rules.corrected(claim, "https://t.me/kota/13", NINE + timedelta(hours=3))
    assert again == claim, "the first correct post counts"


def test_nothing_is_correct_before_a_coordinator_has_confirmed_what_is() -> None:
    with pytest.raises(WrongState, match="claim_not_confirmed"):
        rules.corrected(proposed(), "", NINE)


def test_another_finding_has_to_be_confirmed_anew_and_the_clock_is_not_set_back() -> None:
    claim = proposed()
    claim = rules.confirm(claim, RATNA, claim.version, NINE)
    claim = rules.corrected(claim, "", NINE)
    claim = rules.propose(
        claim, Finding.PARTLY, "Satu sumur tercemar", (SOURCE,), SARI, ALLOWED, seen=claim.version, now=NINE
    )
    assert (claim.status, claim.verified) == (ClaimStatus.CHECKING, False)
    claim = rules.confirm(claim, RATNA, claim.version, NINE)
    assert (claim.status, claim.corrected_at) == (ClaimStatus.CLARIFIED, NINE)


@pytest.mark.parametrize(
    ("finding", "basis", "sources", "why"),
    [
        (Finding.FALSE, "Sudah dicek", (), "claim_no_source"),
        (Finding.TRUE, "Sudah dicek", ("https://blog.example.com/a",), "claim_source"),
        (Finding.TRUE, "Sudah dicek", ("http://dinkes.contoh.go.id",), "claim_source"),
        (Finding.FALSE, "  ", (SOURCE,), "claim_basis"),
        (Finding.FALSE, "x" * 1001, (SOURCE,), "claim_basis"),
    ],
)
def test_a_finding_rests_on_words_and_on_an_allowed_source(
    finding: Finding, basis: str, sources: tuple[str, ...], why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        rules.propose(reported(), finding, basis, sources, SARI, ALLOWED, seen=1, now=NINE)


def test_only_what_is_unproven_needs_no_source() -> None:
    claim = rules.propose(reported(), Finding.UNPROVEN, "Tidak ada data", (), SARI, ALLOWED, seen=1, now=NINE)
    assert claim.finding is Finding.UNPROVEN


def test_a_statement_is_one_line_and_not_too_long() -> None:
    assert rules.report(" Air \n kota ", SARI, NINE, NINE).statement == "Air kota"
    for said, why in (("  ", "claim_empty"), ("x" * 301, "too_long:300")):
        with pytest.raises(BadInput, match=why):
            rules.report(said, SARI, NINE, NINE)


def test_a_comment_that_is_older_than_the_rest_was_the_first_sighting() -> None:
    claim = reported()
    assert rules.first_seen(claim, NINE - timedelta(days=1)).first_seen == NINE - timedelta(days=1)
    assert rules.first_seen(claim, NINE).first_seen == claim.first_seen


STEPS = ("check", "sort", "propose", "confirm", "corrected", "close", "reopen", "reword", "template")


def step(claim: Claim, what: str, seen: int, now: datetime) -> Claim:
    deeds = {
        "check": lambda: rules.check(claim, seen, now),
        "sort": lambda: rules.sort(claim, ClaimType.FALSE_CONTEXT, seen, now),
        "propose": lambda: rules.propose(
            claim, Finding.FALSE, "Dasar", (SOURCE,), SARI, ALLOWED, seen=seen, now=now
        ),
        "confirm": lambda: rules.confirm(claim, RATNA, seen, now),
        "corrected": lambda: rules.corrected(claim, "", now),
        "close": lambda: rules.close(claim, seen, now),
        "reopen": lambda: rules.reopen(claim, seen, now),
        "reword": lambda: rules.reword(claim, "Air keruh", seen, now),
        "template": lambda: rules.choose_template(claim, "hoaks/air", seen, now),
    }
    return deeds[what]()


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=30))
def test_whatever_people_press_a_claim_stays_one(pressed: list[tuple[str, bool]]) -> None:
    claim, now = reported(), NINE
    for what, late in pressed:
        now += timedelta(minutes=1)
        before = claim
        try:
            claim = step(claim, what, claim.version - late, now)
        except Refused:
            assert claim == before
            continue
        assert not late or what == "corrected", "a press on an older card changes nothing"
        assert claim.version in {before.version, before.version + 1}
        assert claim.verified <= (claim.finding is not None)
        assert claim.verified <= (claim.status not in UNVERIFIED)
        assert before.corrected_at in {None, claim.corrected_at}, "the first correct post stays the first"
        assert claim.took is None or claim.took >= timedelta(0)
        if claim.status in {ClaimStatus.FOUND, ClaimStatus.CLARIFIED}:
            assert claim.verified


def test_a_press_on_an_older_card_is_refused() -> None:
    with pytest.raises(Outdated):
        rules.check(replace(reported(), version=4), 3, NINE)


@pytest.mark.parametrize(
    "text",
    [
        "Ini hoaks, jangan disebar",
        "HOAX! sudah dibantah dinas kemarin",
        "itu tidak benar bang, saya kerja di sana",
        "Jangan mudah percaya, airnya aman",
        "Salah: airnya tidak dicampur apa pun",
        "udah diklarifikasi PDAM kok",
        "bohong banget, rumah saya deket situ airnya bening",
    ],
)
def test_who_says_that_a_rumour_is_none_denies_it(text: str) -> None:
    assert stance_of(text) is Stance.DENIES


@pytest.mark.parametrize(
    "text",
    [
        "Air kota dicampur racun, sebarkan!",
        "ini hoax atau bener min?",
        "Benar gak sih airnya beracun",
        "katanya ini bohong tapi tetangga saya muntah",
        "pemerintah bilang hoaks padahal nyata",
        "Bukan hoaks! saya lihat sendiri",
        "air kota dicampur racun, apa benar?",
        "",
    ],
)
def test_who_asks_or_tells_it_on_denies_nothing(text: str) -> None:
    assert stance_of(text) is Stance.TELLS


def test_most_denials_are_found_and_hardly_anything_else_is_taken_for_one() -> None:
    lines = (Path(__file__).parent / "stance.tsv").read_text(encoding="utf-8").splitlines()
    truth = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(truth) > 250
    said = [(kind == "d", stance_of(text) is Stance.DENIES) for kind, text in truth]
    right = sum(both == (True, True) for both in said)
    assert right / sum(denies for _, denies in said) >= 0.97, "what is said to deny, denies"
    assert right / sum(kind for kind, _ in said) >= 0.9, "what denies is found"


@given(st.text(max_size=200))
def test_any_words_have_a_stance(text: str) -> None:
    assert stance_of(text) in set(Stance)


def test_sources_are_found_among_the_words_of_a_finding() -> None:
    typed = "Hasil uji hari ini baik (https://dinkes.contoh.go.id/air).\nSumber:\nhttps://pdam.contoh.go.id"
    basis, links = read_finding(typed)
    assert links == ("https://dinkes.contoh.go.id/air", "https://pdam.contoh.go.id")
    assert basis.startswith("Hasil uji hari ini baik")
    assert "Sumber" not in basis
    assert read_finding("- ") == ("-", ())


@given(st.text(max_size=60), st.sampled_from(["https://a.go.id/1", "https://b.go.id"]))
def test_a_source_that_was_found_among_words_is_named_by_them(text: str, source: str) -> None:
    said = f"{text} {source} {text}"
    assert names_a_source(said, (source,))
    assert all(names_a_source(said, (link,)) for link in read_finding(said)[1])
    assert not names_a_source(said, ())


@given(st.text(max_size=300))
def test_any_answer_is_read(text: str) -> None:
    basis, links = read_finding(text)
    assert basis == " ".join(basis.split())
    assert len(links) == len(set(links))
