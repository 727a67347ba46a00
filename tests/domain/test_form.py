"""Forms of playbooks: what people type at two in the morning, and what is kept of it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.form import FieldFault, Why, checked, read
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
