"""What a page says outside Telegram: how urgent, what to do, and nothing of any citizen."""

from dataclasses import replace

import pytest
from chat_crisis import Story
from chat_views import SARI

from bot.chat.second import draw_second
from bot.chat.words.second import a_test
from bot.domain.second import Because, SecondPage


def said(story: Story, because: Because, *, drill: bool = False) -> tuple[str, str]:
    state = replace(story.state, incident=replace(story.state.incident, drill=drill))
    return draw_second(SecondPage(3, SARI, 1, 0, "sms", because), state, "Kota Contoh")


def test_it_names_the_incident_and_says_what_to_do() -> None:
    title, text = said(Story(), Because.FIRST)
    assert title == "Panggilan K-3 (tinggi)"
    assert text == (
        "Tanggap Kota Contoh memanggil Anda: Hoaks yang sedang viral. Buka Telegram dan tekan Saya tangani."
    )


@pytest.mark.parametrize("because", list(Because))
def test_a_drill_says_so_first_and_twice(because: Because) -> None:
    title, text = said(Story(), because, drill=True)
    assert title.startswith("LATIHAN")
    assert text.startswith("LATIHAN, bukan kejadian nyata.")


@pytest.mark.parametrize("because", list(Because))
def test_of_a_life_at_risk_not_even_the_kind_leaves(because: Because) -> None:
    title, text = said(Story(sensitive=True), because)
    assert "jiwa" not in (title + text).lower()
    assert "Panggilan K-3 (darurat)" in title


@pytest.mark.parametrize("because", list(Because))
def test_no_word_of_a_citizen_and_no_longer_than_two_text_messages(because: Because) -> None:
    title, text = said(Story(), because, drill=True)
    assert "bansos" not in text
    assert len(title) + len(text) <= 2 * 153
    assert (title + text).isascii(), "other signs would halve what fits into a message"


def test_a_test_calls_nobody_to_anything() -> None:
    title, text = a_test("Kota Contoh")
    assert title == "Uji panggilan"
    assert "Tidak perlu berbuat apa-apa" in text
