"""The moving window and the lookup: what they find, what they forget, and what the truth set says of them."""

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.matching_run import group
from benchmarks.matching_truth import Kind, agreement, stream
from classifiers.dataset import authored
from classifiers.lookup import Lookup
from classifiers.minhash import BANDS, bands
from classifiers.similarity import Window

A = "Jembatan gantung di desa Sukamaju talinya tinggal satu yang utuh, anak sekolah masih lewat setiap hari"
B = "Air keran di perumahan Griya Asri sudah empat hari tidak mengalir padahal tagihan tetap datang"


@pytest.fixture(scope="module")
def comments() -> list[str]:
    """Real-looking comments, all different."""
    texts = sorted({row.text for row in authored() if len(row.text.split()) >= 10})
    random.Random(5).shuffle(texts)
    return texts[:3000]


def test_the_half_it_was_tuned_on_keeps_what_was_reached() -> None:
    """What the kept half shows is in docs/measurements.md: a test that looked at it would tune on it."""
    said = stream(kept=False)
    grouped = group(said)
    found = agreement(said, grouped.clusters, grouped.offered)
    assert found.precision >= 0.98
    assert found.join_precision >= 0.98
    assert found.recall >= 0.92
    assert found.short_wrong == 0
    assert Kind.DENIAL not in found.wrong


def test_a_copy_is_found_among_thousands_and_names_its_group(comments: list[str]) -> None:
    window: Window[int] = Window()
    for number, text in enumerate(comments):
        window.add(number, text)
    window.add(-1, A)
    near = window.near(f"Fwd: {A.lower()} 🙏")
    assert near[0].key == -1
    assert near[0].likeness.certain
    assert [one for one in window.near(B) if one.likeness.certain] == []


def test_a_text_that_is_like_it_and_says_something_else_is_only_offered() -> None:
    window: Window[str] = Window()
    window.add("jembatan", A)
    found = window.near(A.replace("Sukamaju", "Sukaresmi"))
    assert [(one.key, one.likeness.certain) for one in found] == [("jembatan", False)]


def test_what_the_fullest_text_of_a_group_speaks_against_does_not_join_by_a_shorter_one() -> None:
    """A preview that lost the town is like the news from both towns."""
    window: Window[str] = Window()
    cut = "Pasar murah dibuka lagi minggu depan dengan beras telur gula minyak tepung dan bawang"
    window.add("pasar", cut + " di lapangan Kuningan")
    window.add("pasar", cut)
    found = window.near(cut + " di lapangan Ngawi")
    assert not found[0].likeness.certain


def test_the_oldest_make_room_and_are_found_no_more(comments: list[str]) -> None:
    window: Window[int] = Window(500)
    for number, text in enumerate(comments):
        window.add(number, text)
    assert len(window) == 500
    first, last = window.near(comments[0]), window.near(comments[-1])
    assert not [one for one in first if one.likeness.certain]
    assert last[0].key == len(comments) - 1
    assert last[0].likeness.certain
    assert len(window._variants) == 500


def test_it_begins_small_and_forgets_nothing_as_it_grows(comments: list[str]) -> None:
    """A town of a thousand comments a day shall not hold the memory of one of a hundred thousand."""
    window: Window[int] = Window(9_000)
    begun = window._heads.nbytes + window._before.nbytes
    assert begun < 2_000_000
    texts = [f"{text} {side}" for side in ("di kota kami", "menurut tetangga saya", "") for text in comments]
    for number, text in enumerate(texts):
        window.add(number, text)
    assert window._heads.nbytes + window._before.nbytes > 4 * begun
    for number in range(0, len(texts), 450):
        found = [one.key for one in window.near(texts[number]) if one.likeness.certain]
        assert any(key % len(comments) == number % len(comments) for key in found), texts[number]


def test_copies_of_one_matter_do_not_fill_the_window() -> None:
    window: Window[int] = Window()
    for number in range(1000):
        window.add(7, f"{A} nomor{number}")
    assert len(window) < 10


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([A, B, A + " lagi", B + " pak", "pendek"]))))
def test_the_window_never_holds_more_than_it_may(adds: list[tuple[int, str]]) -> None:
    window: Window[int] = Window(4)
    for key, text in adds:
        window.add(key, text)
        assert len(window) <= 4
        for one in window.near(text):
            assert 0.0 <= one.likeness.share <= 1.0


def test_texts_with_nothing_in_common_share_no_band() -> None:
    assert (bands(("jembatan", "roboh", "semalam")) != bands(("harga", "cabai", "naik"))).all()
    assert (bands(()) == bands(())).all()
    assert len(bands(("jembatan",))) == BANDS


def test_the_lookup_finds_the_claim_behind_other_words(comments: list[str]) -> None:
    lookup: Lookup[int] = Lookup()
    lookup.add_all(enumerate(comments))
    lookup.add(-1, "Bendungan Jatigede retak dan akan jebol malam ini, warga hilir segera mengungsi")
    found = lookup.search("waduk jatigede jebol ya min? katanya retak, kami di hilir harus ngungsi?", 5)
    assert found[0].key == -1
    assert 0.3 < found[0].score < 1.0
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_same_text_scores_one_and_a_foreign_one_nothing(comments: list[str]) -> None:
    lookup: Lookup[int] = Lookup()
    lookup.add_all(enumerate(comments[:500]))
    assert lookup.search(comments[3])[0].score == pytest.approx(1.0, abs=0.05)
    assert lookup.search("") == []
    assert lookup.search("zzzqqq xxyyww") == []


def test_a_whole_score_means_as_much_among_few_texts_as_among_many(comments: list[str]) -> None:
    """Of a foreign question only two words are known where few texts are, and they are all that counts."""
    told = "Bendungan Jatigede retak dan akan jebol malam ini, warga hilir segera mengungsi"
    foreign = (
        "Kak, malam ini kantor kelurahan masih buka untuk warga yang mau legalisir ijazah atau sudah tutup?"
    )
    few: Lookup[int] = Lookup()
    few.add(-1, told)
    many: Lookup[int] = Lookup()
    many.add_all(enumerate(comments))
    many.add(-1, told)
    assert few.search(foreign)[0].score > 0.3
    assert few.search(foreign, whole=True)[0].score < 0.25
    meant = "waduk jatigede jebol ya min? katanya retak, kami di hilir harus ngungsi?"
    scores = [one.search(meant, whole=True)[0].score for one in (few, many)]
    assert scores[0] == pytest.approx(scores[1], abs=0.15)


def test_what_is_removed_is_found_no_more_and_what_is_replaced_is_found_anew() -> None:
    lookup: Lookup[str] = Lookup()
    lookup.add_all([("a", A), ("b", B)])
    lookup.remove("a")
    lookup.remove("nobody")
    assert [one.key for one in lookup.search(A)] in ([], ["b"])
    lookup.add("b", A)
    assert len(lookup) == 1
    assert lookup.search(A)[0].key == "b"
    left = lookup.search("perumahan Griya Asri tagihan tetap datang")
    assert all(one.score < 0.05 for one in left)  # a few letters of its new words


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([A, B, "", "satu dua"]), st.booleans()), max_size=30
    )
)
def test_whatever_is_added_and_removed_the_lookup_answers_with_what_it_has(
    deeds: list[tuple[int, str, bool]],
) -> None:
    lookup: Lookup[int] = Lookup()
    there: dict[int, str] = {}
    for key, text, stays in deeds:
        if stays:
            lookup.add(key, text)
            there[key] = text
        else:
            lookup.remove(key)
            there.pop(key, None)
    assert len(lookup) == len(there)
    found = lookup.search(A, 10)
    assert {one.key for one in found} <= set(there)
    assert {key for key, text in there.items() if text == A} <= {one.key for one in found}


def test_nothing_of_the_peers_is_needed_to_match() -> None:
    code = "import sys, classifiers.similarity, classifiers.lookup; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603  # our own interpreter and words
    assert "classifiers.similarity" in loaded
    assert not {"datasketch", "rensa", "sklearn"} & {name.split(".")[0] for name in loaded.split()}
