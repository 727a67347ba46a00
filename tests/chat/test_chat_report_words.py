"""The sentences of reports and records: whole, natural, and true in every combination."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.chat.words import contribution, report, review, times
from bot.domain.people import Zone
from bot.domain.run_types import What
from bot.services.contributions import DONE, REQUEST_ANSWERED

AT = datetime(2026, 11, 23, 16, 59, 30, tzinfo=UTC)
MINUTES = timedelta(minutes=4)


@pytest.mark.parametrize(
    ("ack", "post", "over", "private", "sentence"),
    [
        (MINUTES, MINUTES * 5, True, False,
         "Budi menanganinya 4 menit kemudian, dan jawaban yang benar tayang 20 menit setelah dibuka."),
        (MINUTES, None, True, False,
         "Budi menanganinya 4 menit kemudian; tidak ada jawaban kepada publik yang tercatat."),
        (MINUTES, None, False, False,
         "Budi menanganinya 4 menit kemudian; belum ada jawaban kepada publik yang tercatat."),
        (None, None, False, False,
         "Belum ada yang menanganinya; belum ada jawaban kepada publik yang tercatat."),
        (None, None, True, False,
         "Tidak ada yang menekan Saya tangani; tidak ada jawaban kepada publik yang tercatat."),
        (MINUTES, MINUTES, True, True,
         "Budi menanganinya 4 menit kemudian, dan jawaban pribadi terkirim 4 menit setelah dibuka."),
        (MINUTES, None, False, True,
         "Budi menanganinya 4 menit kemudian; belum ada jawaban pribadi yang tercatat."),
    ],
)  # fmt: skip
def test_the_second_sentence_is_true_whatever_happened(
    ack: timedelta | None, post: timedelta | None, over: bool, private: bool, sentence: str
) -> None:
    assert report.answered("Budi", ack, post, over=over, private=private) == sentence


def test_the_first_and_the_last_sentence_leave_out_what_is_not_known() -> None:
    assert report.opened("Banjir", "kemarin", "", "") == "Banjir dibuka kemarin secara otomatis."
    assert report.opened("Banjir", "kemarin", "Sari", "laporan warga") == (
        "Banjir dibuka kemarin oleh Sari, karena laporan warga."
    )
    assert report.closed("Ratna", "tadi", MINUTES, "tertangani", 12_345) == (
        "Ratna menutupnya tadi (tertangani), 4 menit setelah dibuka; 12.345 komentar terkait tercatat."
    )
    assert report.closed("", "tadi", MINUTES, "digabung", 0).startswith("Insiden ini ditutup tadi (digabung)")


def test_every_sentence_ends_as_a_sentence_and_holds_no_double_blank() -> None:
    spans = (None, MINUTES)
    for ack, post, over, private in product(spans, spans, (True, False), (True, False)):
        said = report.answered("", ack, post, over=over, private=private)
        assert said.endswith(".")
        assert "  " not in said
        assert said[0].isupper()


def test_days_are_written_out_on_the_offices_clock() -> None:
    assert times.full(AT, Zone.WIB) == "Senin, 23 November 2026 pukul 23.59 WIB"
    assert times.full(AT, Zone.WIT) == "Selasa, 24 November 2026 pukul 01.59 WIT"
    assert times.short_day(AT, Zone.WITA) == "24 Nov"
    midnight = datetime(2026, 12, 1, tzinfo=Zone.WIB.tz)
    assert times.last_day(midnight, Zone.WIB) == "30 November 2026"
    assert times.last_day(midnight + timedelta(minutes=1), Zone.WIB) == "1 Desember 2026"


def test_everything_that_counts_as_a_deed_has_its_words() -> None:
    for what in (*DONE, REQUEST_ANSWERED):
        said = contribution.in_run("K-1", "Banjir", "kemarin", {what: 2})
        assert "ikut serta" not in said, what
        assert said.startswith("K-1 Banjir (kemarin): ")
        assert said.endswith(".")


def test_what_happens_to_people_is_not_their_deed() -> None:
    for what in (What.PAGED, What.UNREACHABLE, What.UNDELIVERABLE, What.LEASE_ASKED, What.LEASE_LOST):
        assert what not in DONE


def test_a_record_holds_no_rates_no_ranks_and_no_comparison() -> None:
    every = dict.fromkeys((*DONE, REQUEST_ANSWERED), 3)
    daily = dict.fromkeys(
        ("take", "label", "submit", "send_instant", "approve", "return", "reject", "note", "close"), 3
    )
    text = " ".join([contribution.in_run("K-1", "Banjir", "kemarin", every), *contribution.daily(daily)])
    for word in ("terbaik", "peringkat", "skor", "nilai", "rata-rata", "persen", "%", "lebih cepat", "menit"):
        assert word not in text
    assert len(contribution.daily(daily)) == len(daily)


def test_the_three_usual_questions_are_sentences_and_others_are_made_into_one() -> None:
    for key, asked in review.QUESTIONS.items():
        assert review.question(key) == asked
        assert asked.endswith("?")
    assert review.question("siapa_yang_kurang_dilibatkan") == "Siapa yang kurang dilibatkan?"


def test_prompts_of_a_review_fit_their_fields() -> None:
    for name, drill, sensitive in product(review.PROMPTS, (True, False), (True, False)):
        params = {"run": 3, "question": "apa_yang_lambat", "number": 1, "of": 3}
        said, hint = review.PROMPTS[name](params | {"drill": drill, "sensitive": sensitive}, "Budi")
        assert "Budi" in said
        assert "K-3" in said
        assert len(hint) <= 64
    assert "LATIHAN" in review.PROMPTS["review_question"]({"run": 3, "drill": True}, "Budi")[0]
    assert re.search(r"masih menunggu 2 jawaban", review.late({"run": 3, "count": 2}, {}))
