"""What the model reads, whatever people type."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.fold import fold
from classifiers.text import MAIL, MAX_CHARS, MENTION, NUMBER, PHONE, URL, normalise, standard, tokens
from classifiers.words import classes, doubtful, slang, spellings

any_text = st.text(st.characters(exclude_categories=[]), max_size=80)
# Random characters rarely meet: these pieces are the ones that the rules are about.
PIECES = [
    *"anjg12?.,#'* ",
    *("600rb", "jalan2", "gobl*k", "b*ngs*t", "4njing", "!!", "3,5", "jt", "0", "waaaaah", "  "),
    *("@budi", "x@y.id", "www.a.id", "<url>", "USER", "0812-3456-7890"),
    *("а", "е", "🤣", "𝓼", "ⓢ", "½", "\u200b", "\ud800", "\u0301"),
]
awkward_text = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(any_text, awkward_text))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(deadline=None, max_examples=300)
@given(st.one_of(any_text, awkward_text))
def test_every_token_points_into_the_original(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        # In order, and apart, but for one character that reads as several (a fraction sign, for example).
        assert token.start >= end or (token.start == end - 1 and len(fold(text[token.start]).text) > 1)
        assert token.raw
        assert token.norm
        end = token.end


@settings(deadline=None)
@given(any_text)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ⓉⒺⓇⒶⓈⒾ", "terasi"),
        ("𝓼𝓵𝓸𝓽 𝕘𝕒𝕔𝕠𝕣", "slot gacor"),
        ("🅹🆄🅳🅸", "judi"),
        ("sl\u200bo\u2060t", "slot"),
        ("s\u0336l\u0336o\u0336t\u0336", "slot"),
        ("gаcоr", "gacor"),  # Cyrillic a and o
        ("ｇａｃｏｒ", "gacor"),
        ("ɢᴀᴄᴏʀ", "gacor"),
    ],
)
def test_disguised_letters_become_plain(written: str, read: str) -> None:
    assert normalise(written) == read


def test_a_foreign_word_is_no_disguise() -> None:
    assert normalise("привет") == "привет"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("bangeeeeet", "sekali"),
        ("maaaaf", "maaf"),
        ("gblkkk", "goblok"),
        ("t o l o l", "tolol"),
        ("g 0 b l o k", "goblok"),
        ("a.n.j.i.n.g", "anjing"),
        ("b-a-n-g-s-a-t", "bangsat"),
        ("g0bl0k", "goblok"),
        ("4nj!ng", "anjing"),
        ("b*ngs*t", "bangsat"),
        ("anj**g", "anjing"),
        ("gak bs", "tidak bisa"),
        ("jalan2nya", "jalannya"),
        ("600rb", "0rb"),
        ("Rp5.000.000", "rp0"),
    ],
)
def test_informal_spellings_meet_their_standard_word(written: str, read: str) -> None:
    assert normalise(written) == read


@pytest.mark.parametrize("text", ["pilih a b atau c", "halo!apa kabar", "jam 7.30", "nomor 42"])
def test_harmless_spellings_are_not_read_as_insults(text: str) -> None:
    rude = {word for word, names in classes().items() if "kasar" in names}
    assert not rude & set(normalise(text).split())


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("https://contoh.go.id/a?b=1", URL),
        ("contoh.com/promo", URL),
        ("@akun_resmi", MENTION),
        ("0812-3456-7890", PHONE),
        ("+62 812 3456 7890", PHONE),
        ("3201234567890001", NUMBER),
        ("nama@contoh.id", MAIL),
        ("xxxuserxxx", MENTION),
        ("USER", MENTION),
    ],
)
def test_personal_data_and_links_are_masked_in_both_views(text: str, mask: str) -> None:
    assert [(token.raw, token.norm) for token in tokens(text)] == [(mask, mask)]


def test_a_number_glued_to_a_word_is_not_learnt_either() -> None:
    assert all("081234567890" not in token.raw for token in tokens("wa081234567890"))


def test_the_slang_list_leads_to_standard_words_only() -> None:
    words = slang()
    assert len(words) > 800
    assert [word for value in words.values() for word in value.split() if standard(word) != word] == []


def test_a_spelling_that_is_also_a_word_or_a_name_needs_company_of_its_language() -> None:
    assert normalise("abdi negara harus netral") == "abdi negara harus netral"
    assert normalise("abdi teu acan nampi") == "saya tidak belum nampi"
    assert normalise("warga NU di Tanah Karo") == "warga nu di tanah karo"
    assert normalise("naon nu salah") == "apa yang salah"
    assert normalise("Nabi Isa") == "nabi isa"
    assert normalise("aku ora isa turu") == "saya tidak bisa tidur"
    assert normalise("awak kapal hilang") == "awak kapal hilang"
    assert normalise("nu abdi") == "nu abdi", "two that need company are none to each other"


def test_every_spelling_says_its_language() -> None:
    languages = Counter(one.language for one in spellings().values())
    assert {"ind", "jav", "sun", "min", "bew"} <= {name for name, count in languages.items() if count > 100}
    assert all(len(name) == 3 and name.islower() for name in languages)
    assert all(one.language != "ind" for one in doubtful().values()), "informal words are at home everywhere"
    assert not set(doubtful()) & {word for one in spellings().values() for word in one.plain.split()}


@given(st.lists(st.sampled_from(sorted(spellings())), max_size=8).map(" ".join))
def test_normalising_spellings_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_a_hostile_text_is_read_in_reasonable_time() -> None:
    # Each of these makes a careless pattern take quadratic time or worse; 6,000 characters must not.
    for text in ("a" * 6000, "a." * 3000, "1." * 3000, "a*" * 3000, "0 8" * 2000, "@" * 6000, "a b " * 1500):
        assert normalise(text) is not None


def test_a_sign_that_stands_for_many_letters_does_not_stretch_the_work() -> None:
    assert len(tokens("\ufdfa" * MAX_CHARS)) < 2 * MAX_CHARS / 5
    assert normalise("Assalamualaikum \ufdfa min").startswith("assalamualaikum ")
