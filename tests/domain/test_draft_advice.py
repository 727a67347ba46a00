"""What a careful colleague says of a draft: on drafts that people wrote, and on whatever else may come."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comment import Platform
from bot.domain.draft_advice import MOST_LINES, About, advice_on, lines_of
from bot.domain.house_style import HouseStyle
from bot.domain.loaded_words import LoadedWord
from bot.domain.network import Network
from bot.domain.tone import ToneKind

HERE = Path(__file__).parent


class Authored(NamedTuple):
    line: int
    kinds: frozenset[str]
    comment: str
    draft: str


def authored() -> list[Authored]:
    found = []
    for number, line in enumerate((HERE / "drafts.txt").read_text("utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        kinds, _, rest = line.partition(" | ")
        comment, _, draft = rest.partition(" || ")
        wanted = frozenset(kinds.split(",")) - {"-"}
        found.append(Authored(number, wanted, comment, draft.replace("\\n", "\n")))
    return found


DRAFTS = authored()


def about(comment: str = "", **more: object) -> About:
    given_ = {"known": (comment,), "place": Platform.TELEGRAM_DISCUSSION, **more}
    return About(**given_)  # type: ignore[arg-type]  # named by the tests below


def kinds_of(text: str, told: About) -> set[str]:
    return {found.kind.value for found in advice_on(text, told)}


def test_there_are_enough_drafts_and_every_kind_of_advice_is_among_them() -> None:
    counts = Counter(kind for one in DRAFTS for kind in one.kinds)
    assert len(DRAFTS) >= 120
    assert sum(not one.kinds for one in DRAFTS) >= 45
    ours = {kind.value for kind in ToneKind} - {
        "no_closing",
        "loaded_word",
        "no_room",
    }  # of a house, a playbook, a place
    assert set(counts) == ours


@pytest.mark.parametrize("one", DRAFTS, ids=[str(one.line) for one in DRAFTS])
def test_a_draft_gets_the_advice_that_it_deserves(one: Authored) -> None:
    assert kinds_of(one.draft, about(one.comment)) == set(one.kinds)


UNREST = (LoadedWord("perusuh", "orang yang diduga merusak"), LoadedWord("massa anarkis", "sebagian orang"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Halo Kak, perusuh sudah diamankan.", ["perusuh"]),
        ("Halo Kak, PERUSUHNYA dan massa  anarkis dibubarkan.", ["PERUSUH", "massa  anarkis"]),
        ("Halo Kak, perusuh-perusuh itu.", ["perusuh"]),
        ("Halo Kak, kerusuhan sudah reda dan perusuhan bukan kata kami.", []),
    ],
)
def test_a_word_that_takes_a_side_is_named_with_a_neutral_one(text: str, words: list[str]) -> None:
    found = [one for one in advice_on(text, about(loaded=UNREST)) if one.kind is ToneKind.LOADED_WORD]
    assert [text[one.start : one.end] for one in found] == words
    assert all(one.advice.startswith("Kata “") and "netral" in one.advice for one in found)
    assert ToneKind.LOADED_WORD not in kinds_of(text, about())


def test_a_house_that_writes_down_its_salutation_and_closing_is_reminded_of_them() -> None:
    style = HouseStyle(("Halo Kak", "Yth. Bapak/Ibu"), ("Salam hangat", "Terima kasih"))
    good = "Yth. Bapak/Ibu Rina,\nlaporannya kami teruskan.\nTerima kasih."
    assert kinds_of(good, about(style=style)) == set()
    assert kinds_of("Halo Kak, sudah kami teruskan. Salam hangat dari kami.", about(style=style)) == set()
    assert kinds_of("Hai, sudah kami teruskan.", about(style=style)) == {"no_salutation", "no_closing"}
    (first, second) = lines_of(advice_on("Hai, sudah kami teruskan.", about(style=style)))
    assert (first, second) == (
        "Belum ada sapaan di awal, misalnya Halo Kak.",
        "Belum ada penutup di akhir, misalnya Salam hangat.",
    )


def test_a_begun_word_is_no_salutation() -> None:
    style = HouseStyle(("Halo",))
    assert style.greets("halo, Kak")
    assert not style.greets("Halogen di jalan itu padam.")


def test_words_to_everybody_are_not_asked_for_a_salutation_or_a_length() -> None:
    assert kinds_of("Jalan Mawar ditutup. " * 60, About()) == set()


def test_of_much_advice_the_weightiest_three_lines_are_read() -> None:
    text = "PERHATIAN!!! 37 rumah akan segera diperbaiki, makanya sabar. Perusuh itu salah sendiri!!!"
    found = advice_on(text, about(loaded=UNREST))
    told = lines_of(found)
    assert len({one.kind for one in found}) > MOST_LINES
    assert len(told) == MOST_LINES
    assert told[0] == "Angka 37 tidak ada di komentar, templat, atau data. Sebut sumbernya."
    assert told[1].startswith("Janji “akan segera diperbaiki” belum menyebut kapan dan menurut siapa.")
    assert all(len(line) <= 160 for line in told)


def test_what_the_template_says_word_by_word_was_approved_with_its_source() -> None:
    vetted = "Halo Kak, saluran di sana akan dibangun dengan 12 pompa."
    assert kinds_of(vetted, about(vetted=vetted)) == set()
    more = f"{vetted} Warga akan diganti 5 juta."
    assert kinds_of(more, about(vetted=vetted)) == {"promise", "untold_figure"}


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_advice_never_raises_and_lies_inside_the_text(text: str, comment: str, vetted: str) -> None:
    for one in advice_on(text, about(comment, vetted=vetted, loaded=UNREST)):
        assert 0 <= one.start < one.end <= len(text)
        assert one.advice.endswith(".")


@given(st.lists(st.sampled_from([one.draft for one in DRAFTS]), max_size=4))
def test_what_the_vetted_text_says_is_never_a_promise_nor_a_strange_number(drafts: list[str]) -> None:
    text = "\n".join(drafts)
    spans = {one.kind for one in advice_on(text, about(text, vetted=text))}
    assert ToneKind.UNTOLD_FIGURE not in spans


def test_what_a_place_does_not_take_is_said_first_and_counted_as_it_counts() -> None:
    text = f"Halo Kak, jadwalnya di https://kota.example.go.id/{'a' * 300} ya."
    assert "no_room" not in kinds_of(text, about(networks=(Network.X, Network.FACEBOOK)))
    longer = f"{text} {'Kami cek dulu ya. ' * 14}"
    told = about(networks=(Network.X, Network.FACEBOOK))
    first = lines_of(advice_on(longer, told))[0]
    assert first == "X hanya memuat 280 karakter, teks ini 303. Ringkas, atau kirim bersambung."
    assert "no_room" not in kinds_of(longer, about(networks=(Network.FACEBOOK,)))
    assert "no_room" not in kinds_of(longer, about())
