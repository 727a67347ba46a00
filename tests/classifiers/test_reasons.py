"""Reasons: the share of each word in the verdict, counted where it stands."""

from collections.abc import Mapping
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import rules
from classifiers.base import Thresholds, Verdict
from classifiers.default.model import LinearClassifier
from classifiers.default.weights import Weights, quantise
from classifiers.features import WHOLE_TEXT, extract, forms
from classifiers.labels import Label
from classifiers.text import tokens
from classifiers.words import classes


def model_of(named: Mapping[str, float] | None = None, **weights: float) -> LinearClassifier:
    """A model that knows these words and `named` features only, each with this weight for complaint.

    `_` stands for a space.
    """
    whole = {f"w:{word.replace('_', ' ')}": weight for word, weight in weights.items()} | {"f:caps": 2.0}
    named = {crc32(name.encode()): weight for name, weight in (whole | dict(named or {})).items()}
    keys = np.array(sorted(named), np.uint32)
    columns = np.zeros((len(keys), len(Label)), np.float32)
    columns[:, list(Label).index(Label.COMPLAINT)] = [named[int(key)] for key in keys]
    words = quantise(keys, np.ones(len(keys), np.float32), columns)
    letters = quantise(np.zeros(0, np.uint32), np.zeros(0, np.float32), np.zeros((0, len(Label)), np.float32))
    lines = dict.fromkeys(Label, Thresholds(0.9, 0.6))
    return LinearClassifier(Weights((words, letters), np.zeros(len(Label), np.float32), lines, {}))


def said(model: LinearClassifier, text: str) -> list[tuple[str, float]]:
    return [(reason.text, round(reason.weight, 2)) for reason in model.classify([text])[0].reasons]


def test_the_heaviest_word_comes_first_as_it_was_written() -> None:
    assert said(model_of(rusak=3.0, jalan=1.0), "Jln desa Rusaaak") == [("Rusaaak", 2.12), ("Jln", 0.71)]


def test_neighbours_that_both_weigh_are_one_phrase() -> None:
    assert said(model_of(rusak=3.0, jalan=1.0), "wah jalan rusak nih") == [("jalan rusak", 2.83)]


def test_a_pair_is_shared_by_both_its_words() -> None:
    (only,) = said(model_of(tidak_nyala=4.0), "lampu tidak nyala")
    assert only == ("tidak nyala", 4.0)


def test_a_repeated_word_shares_its_weight_among_its_places() -> None:
    assert said(model_of(rusak=4.0), "rusak sini, rusak sana") == [("rusak", 2.0), ("rusak", 2.0)]


def test_a_word_that_speaks_against_is_no_reason() -> None:
    assert said(model_of(rusak=4.0, bagus=-1.0), "bagus tapi rusak") == [
        ("rusak", pytest.approx(2.83, abs=0.02))
    ]


def test_the_form_of_the_text_is_a_reason_without_a_place() -> None:
    reasons = model_of(rusak=3.0).classify(["INI RUSAK SEKALI"])[0].reasons
    assert [(reason.text, reason.start, reason.end) for reason in reasons] == [
        ("RUSAK", 4, 9),
        ("ditulis dengan huruf besar", -1, -1),
    ]


def test_a_rule_that_fired_is_named_beside_the_words_and_takes_no_place_of_theirs() -> None:
    words = {"kapan": 3.0, "nyala": 2.0, "mati": 1.5, "lagi": 1.0}
    model = model_of(named={"c:tanya": 2.0, "w:<telp>": 1.0, "f:asks_last": 2.5, "bc:tanya": 0.1}, **words)
    reasons = model.classify(["kapan @a nyala @b mati @c lagi 081234567890?"])[0].reasons
    assert [one.text for one in reasons if not one.is_rule] == ["kapan", "nyala", "mati"]
    assert [one.text for one in reasons if one.is_rule] == ["berakhir dengan tanda tanya", "kata tanya"]


def test_a_masked_number_is_named_as_a_rule_and_never_shown() -> None:
    model = model_of(named={"w:<telp>": 4.0}, cair=1.0)
    reasons = model.classify(["cair 081234567890"])[0].reasons
    assert [(one.text, one.is_rule) for one in reasons] == [("memuat nomor telepon", True), ("cair", False)]


def test_a_rule_that_fires_twice_is_named_once_with_the_weight_of_both() -> None:
    model = model_of(named={"c:tanya": 3.0})
    twice = model.classify(["kapan dan di mana"])[0].reasons
    assert [(one.text, round(one.weight, 1)) for one in twice if one.is_rule] == [("kata tanya", 3.0)]


def test_every_class_and_every_form_has_words_for_people() -> None:
    known = {name for names in classes().values() for name in names}
    assert known <= set(rules.CLASSES)
    texts = [
        "BANTU KAMI YA",
        "apa?",
        "apa? ya",
        "https://a.id",
        "@a @b @c",
        "#a #b #c",
        "𝐌𝐄𝐋𝐀𝐓𝐈",
        "m.e.l.a.t.i",
    ]
    assert {name for text in texts for name in forms(text, tokens(text))} == set(rules.FORMS)


def test_at_most_three_words_per_label() -> None:
    words = {"satu": 3.0, "dua": 2.9, "tiga": 2.8, "empat": 2.7}
    text = "satu di dua di tiga di empat"
    assert [text for text, _ in said(model_of(**words), text)] == ["satu", "dua", "tiga"]


def test_reasons_of_one_label_add_up_to_its_score() -> None:
    model = model_of(rusak=3.0, jalan=1.0, parah=0.5)
    prediction = model.classify(["jalan ini rusak"])[0]
    score = prediction.scores[Label.COMPLAINT]
    total = sum(reason.weight for reason in prediction.reasons)
    assert np.log(score / (1 - score)) == pytest.approx(total, abs=0.01)


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(0.9, Verdict.CERTAIN), (0.89, Verdict.UNSURE), (0.6, Verdict.UNSURE), (0.59, Verdict.NO)],
)
def test_the_lines_belong_to_the_upper_side(score: float, verdict: Verdict) -> None:
    assert Thresholds(0.9, 0.6).verdict(score) is verdict


@pytest.mark.parametrize(("certain", "unsure"), [(0.4, 0.5), (1.1, 0.5), (0.5, -0.1), (float("nan"), 0.1)])
def test_lines_in_the_wrong_order_are_refused(certain: float, unsure: float) -> None:
    with pytest.raises(ValueError, match="ambang"):
        Thresholds(certain, unsure)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TOLONG BANTU KAMI", {"caps"}),
        ("OK", set()),
        ("kapan?", {"asks_last"}),
        ("kapan? kami tunggu", {"asks"}),
        ("lihat https://contoh.id", {"link"}),
        ("@satu @dua @tiga", {"mentions"}),
        ("#satu #dua #tiga", {"hashtags"}),
        ("coba 𝐌𝐄𝐋𝐀𝐓𝐈 ya", {"disguise"}),
        ("café di Rīga, naïf", set()),
        ("main di m.e.l.a.t.i saja", {"dotted"}),
        ("jam 10.30-11.00 di Jl. K.H. Dewantara", set()),
        ("", set()),
    ],
)
def test_the_form_of_a_text(text: str, found: set[str]) -> None:
    assert set(forms(text, tokens(text))) == found


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_feature_says_where_it_comes_from(text: str) -> None:
    found = tokens(text)
    features = extract(text, found)
    assert len(features.char_keys) == len(found)
    for keys, first, last in features.word_groups:
        assert all(0 <= key < 2**32 for key in keys)
        assert first == last == WHOLE_TEXT or 0 <= first <= last < len(found)


@pytest.mark.parametrize(
    ("word", "is_name"),
    [
        ("melati88", True),
        ("mawar4d", True),
        ("20rb", False),
        ("anak2", False),
        ("jalan2nya", False),
        ("3km", False),
    ],
)
def test_a_word_with_a_number_reads_like_a_betting_site(word: str, is_name: bool) -> None:
    named, plain = (set(extract(text, tokens(text)).word_keys) for text in ("melati88", "melati"))
    mark = named - plain
    own = set(extract(word, tokens(word)).word_keys)
    shared = own & mark & set(extract("kenanga77", tokens("kenanga77")).word_keys)
    assert bool(shared) is is_name


def test_where_a_word_stands_counts_past_whom_the_text_calls() -> None:
    first = set(extract("@dinas kenapa mati", tokens("@dinas kenapa mati")).word_keys)
    same = set(extract("kenapa padam", tokens("kenapa padam")).word_keys)
    later = set(extract("mati, kenapa", tokens("mati, kenapa")).word_keys)
    assert len(first & same) > len(later & same)


def test_a_word_and_its_slang_share_a_feature() -> None:
    keys = [set(extract(text, tokens(text)).word_keys) for text in ("tidak", "gak", "bagus")]
    assert keys[0] & keys[1]
    assert not keys[0] & keys[2]


def test_one_can_ask_for_labels_that_were_not_given() -> None:
    model = model_of(rusak=3.0, jalan=0.1)
    text = "jalan rusak"
    assert model.why(text, (Label.COMPLAINT,)) == model.classify([text])[0].reasons
    assert model.why("jalan saja", (Label.COMPLAINT,))[0].text == "jalan"
    assert model.classify(["jalan saja"])[0].reasons == ()
    assert model.why(text, (Label.SPAM,)) == ()
