"""Forms of playbooks: what people type at two in the morning, and what is kept of it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.form import NOTHING, FieldFault, Why, checked, is_open, link_of_post, read
from bot.domain.steps import AnswerKind, Field

SOURCE = Field("sumber", AnswerKind.URL, allow=("bmkg.go.id", "bnpb.go.id"))
FACT = Field("fakta", AnswerKind.TEXT, max=40)
COUNT = Field("jumlah", AnswerKind.NUMBER, max=50_000)
DAY = Field("hari", AnswerKind.DATE)
HOUR = Field("jam", AnswerKind.TIME)
KIND = Field("jenis", AnswerKind.CHOICE, choices=(("banjir", "Banjir"), ("gempa", "Gempa bumi")))
ANY_LINK = Field("tautan", AnswerKind.URL)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (SOURCE, "https://www.bmkg.go.id/gempa/1", "https://www.bmkg.go.id/gempa/1"),
        (SOURCE, " bmkg.go.id/gempa ", "https://bmkg.go.id/gempa"),
        (ANY_LINK, "https://kota.example/kabar", "https://kota.example/kabar"),
        (FACT, " Tidak ada tsunami. ", "Tidak ada tsunami."),
        (COUNT, "1.250", "1250"),
        (COUNT, "37", "37"),
        (DAY, "5-3-2027", "2027-03-05"),
        (DAY, "05/03/2027", "2027-03-05"),
        (DAY, "2027-03-05", "2027-03-05"),
        (HOUR, "9.05", "09:05"),
        (HOUR, "23:59", "23:59"),
        (KIND, "gempa bumi", "gempa"),
        (KIND, "BANJIR", "banjir"),
        (Field("catatan", optional=True), "-", ""),
    ],
)
def test_what_people_type_is_understood(field: Field, typed: str, kept: str) -> None:
    assert read(field, typed) == kept
    assert read(field, kept) == kept


@pytest.mark.parametrize(
    ("field", "typed", "why", "limit"),
    [
        (SOURCE, "https://bmkg.go.id.palsu.example/", Why.LINK_NOT_ALLOWED, "bmkg.go.id, bnpb.go.id"),
        (SOURCE, "https://orang@bmkg.go.id/", Why.LINK_NOT_ALLOWED, "bmkg.go.id, bnpb.go.id"),
        (SOURCE, "http://bmkg.go.id/", Why.LINK_NOT_ALLOWED, "bmkg.go.id, bnpb.go.id"),
        (SOURCE, "javascript://bmkg.go.id/%0aalert(1)", Why.LINK_NOT_ALLOWED, "bmkg.go.id, bnpb.go.id"),
        (SOURCE, "https://[", Why.NOT_A_LINK, ""),
        (SOURCE, "kata pak camat", Why.NOT_A_LINK, ""),
        (FACT, "x" * 41, Why.TOO_LONG, "40"),
        (FACT, "-", Why.EMPTY, ""),
        (COUNT, "dua", Why.NOT_A_NUMBER, ""),
        (COUNT, "12.5", Why.NOT_A_NUMBER, ""),
        (COUNT, "50.001", Why.TOO_LARGE, "50000"),
        (DAY, "31-2-2027", Why.NOT_A_DATE, ""),
        (DAY, "besok", Why.NOT_A_DATE, ""),
        (HOUR, "24.00", Why.NOT_A_TIME, ""),
        (KIND, "longsor", Why.NOT_A_CHOICE, "Banjir, Gempa bumi"),
    ],
)
def test_what_cannot_be_kept_says_why(field: Field, typed: str, why: Why, limit: str) -> None:
    with pytest.raises(FieldFault) as fault:
        read(field, typed)
    assert (fault.value.field, fault.value.why, fault.value.limit) == (field.id, why, limit)


def test_a_form_keeps_its_own_fields_in_their_order_and_nothing_else() -> None:
    given_ = (("jumlah", "3"), ("lain", "selundupan"), ("fakta", "Aman."))
    assert checked((FACT, COUNT), given_) == (("fakta", "Aman."), ("jumlah", "3"))
    with pytest.raises(FieldFault):
        checked((FACT, DAY), given_)


@given(st.sampled_from([SOURCE, FACT, COUNT, DAY, HOUR, KIND, ANY_LINK]), st.text(max_size=80))
def test_any_text_is_either_kept_or_refused_and_what_is_kept_stays_itself(field: Field, typed: str) -> None:
    with suppress(FieldFault):
        kept = read(field, typed)
        assert read(field, kept) == kept


CHOICES = ("baru", "keliru", "tetap")
NAMES = ("fakta", "sebab", "anjuran", "sumber")
LINES = st.builds(
    lambda name, needed: Field(name, max=40, optional=bool(needed), required_for=tuple(sorted(needed))),
    st.sampled_from(NAMES),
    st.sets(st.sampled_from(CHOICES)),
)
FORMS = st.lists(LINES, min_size=1, max_size=4, unique_by=lambda field: field.id).map(tuple)
TYPED = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "  ", NOTHING, "Air surut."]))


@given(FORMS, st.sampled_from(CHOICES), TYPED)
def test_a_form_goes_only_with_every_line_that_its_choice_needs(
    fields: tuple[Field, ...], choice: str, typed: dict[str, str]
) -> None:
    needed = {field.id for field in fields if choice in field.required_for or not field.optional}
    filled = {name for name, text in typed.items() if text == "Air surut."}
    asked = tuple(field.asked_for(choice) for field in fields)
    if needed <= filled:
        assert {name for name, text in checked(asked, tuple(typed.items())) if text} >= needed
        return
    with pytest.raises(FieldFault) as fault:
        checked(asked, tuple(typed.items()))
    assert fault.value.why is Why.EMPTY
    assert fault.value.field in needed - filled


@given(FORMS, st.sampled_from(CHOICES), st.sampled_from(CHOICES))
def test_a_line_left_empty_is_asked_for_again_once_another_choice_needs_it(
    fields: tuple[Field, ...], first: str, then: str
) -> None:
    asked = [field.asked_for(first) for field in fields]
    left_empty = {field.id: read(field, NOTHING) for field in asked if field.optional}
    for field in fields:
        needed = then in field.required_for or not field.optional
        assert is_open(field.asked_for(then), left_empty) is (needed or field.id not in left_empty)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("-", ""),
        ("  ", ""),
        (" https://www.instagram.com/p/DKx1/ ", "https://www.instagram.com/p/DKx1/"),
        ("https://x.com/humas/status/1987?s=20#x", "https://x.com/humas/status/1987?s=20#x"),
        ("HTTPS://X.COM/a", "HTTPS://X.COM/a"),
    ],
)
def test_a_post_made_by_hand_is_named_by_one_address(typed: str, kept: str) -> None:
    assert link_of_post(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "sudah ya, dibalas ke Bu Rini 081234567890",
        "http://x.com/a",
        "x.com/a",
        "https://x.com@evil.example/a",
        "https://x.com:8443/a",
        "https://x.com /a",
        "https://x.com/a https://x.com/b",
        "https://x.com/a\nhttps://x.com/b",
        "https://x.com/\u202egpj",
        "https://bmkg\u3002go\u3002id/x",
        "https://localhost/a",
        "https://10.0.0.1/a",
        "javascript://x.com/%0aalert(1)",
        "https://x.com/" + "a" * 290,
    ],
)
def test_anything_else_is_no_address_of_a_post(typed: str) -> None:
    with pytest.raises(FieldFault) as fault:
        link_of_post(typed)
    assert fault.value.why is Why.NOT_A_POST


@given(st.text(max_size=400))
def test_whatever_is_typed_is_kept_whole_or_refused(typed: str) -> None:
    try:
        kept = link_of_post(typed)
    except FieldFault:
        return
    assert kept in {"", typed.strip()}
    assert len(kept) <= 300
    assert kept.isascii()
