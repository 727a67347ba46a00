"""The committed weights: they load, are small, stand alone, and judge plain comments sensibly."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.base import Prediction, Thresholds
from classifiers.choose import load
from classifiers.default.model import SHIPPED
from classifiers.labels import Label
from classifiers.readings import LICENCE, readings

MODEL = load("default")

PLAIN = [
    ("Min, cara mengurus akta kelahiran yang hilang gimana ya?", {"question"}),
    ("kantor kecamatan buka sampai jam berapa kak", {"question"}),
    ("Mohon info jadwal imunisasi bulan depan di puskesmas", {"question"}),
    ("Sudah empat hari air ledeng mati, tidak ada pemberitahuan sama sekali", {"complaint"}),
    ("jalan depan pasar rusak parah, sudah dilaporkan tapi dibiarkan", {"complaint"}),
    ("Pelayanan loketnya lambat sekali, antre dari pagi sampai siang", {"complaint"}),
    ("kenapa listrik padam terus min, kapan nyala?", {"question", "complaint"}),
    ("katanya vaksin ini bikin mandul, benar tidak min?", {"question", "hoax"}),
    ("Beredar kabar bansos dibagikan lewat tautan ini, sebarkan sebelum dihapus", {"hoax"}),
    ("dasar cina, usir aja semuanya dari sini", {"hate"}),
    ("kadrun sama cebong sama aja, makhluk sampah", {"hate"}),
    ("jancok, kaget aku rek", {"abusive"}),
    ("petugasnya g0bl0k, berkas saya hilang lagi", {"complaint", "abusive"}),
    ("pejabat b*ngs*t, anggaran jalan dimakan sendiri", {"complaint", "abusive"}),
    ("TOLONG banjir sudah sedada, nenek terjebak di dalam rumah, kirim perahu", {"emergency"}),
    ("kebakaran di gudang belakang terminal, api makin besar, masih ada orang di dalam", {"emergency"}),
    ("slot gacor hari ini maxwin, daftar lewat link di bio", {"spam"}),
    ("Promo pinjaman cair 5 menit tanpa jaminan, hubungi WA 081200000000", {"spam"}),
    ("Terima kasih petugas dukcapil, pelayanannya cepat dan ramah", {"praise"}),
    ("mantap pak bupati, jalannya sekarang mulus, lanjutkan!", {"praise"}),
    ("selamat pagi semuanya", set()),
    ("wkwkwk ngakak liat kucingnya", set()),
]


@pytest.mark.parametrize(("text", "labels"), PLAIN)
def test_a_plain_comment_gets_its_labels(text: str, labels: set[str]) -> None:
    assert {label.value for label in MODEL.classify([text])[0].labels} == labels


def test_the_file_is_small_and_says_where_it_comes_from() -> None:
    assert SHIPPED.stat().st_size < 4_000_000
    licences = {licence for _, licence, _ in MODEL.about["sources"]}  # type: ignore[attr-defined]  # JSON
    assert licences
    assert not [licence for licence in licences if "NC" in licence or "unconfirmed" in licence]


def test_of_the_read_collection_nothing_was_learnt_but_what_may_be() -> None:
    """The collection has one licence in the header, so the test above cannot see into it.

    Its readings are what may be learnt of it (`test_readings.py` keeps the refused out), and older weights
    counted more. What is said beside the file must be so.
    """
    sources: list[tuple[str, str, int]] = MODEL.about["sources"]  # type: ignore[attr-defined]  # JSON
    assert 0 < sum(count for _, licence, count in sources if licence == LICENCE) <= len(readings())
    root = Path(__file__).parents[2]
    notice, card = (
        " ".join((root / name).read_text(encoding="utf-8").split())
        for name in ("classifiers/default/LICENCE.txt", "docs/model-card.md")
    )
    assert "No row with an unconfirmed or non-commercial licence was learnt" in notice
    assert "No row with an unconfirmed licence is learnt" in card


def test_one_byte_weights_decide_as_those_they_were_made_of() -> None:
    counted: dict[str, int] = MODEL.about["as_real_weights"]  # type: ignore[attr-defined]  # JSON
    assert counted["decisions"] > 400_000
    assert counted["same"] >= 0.999 * counted["decisions"]


def test_the_model_card_is_about_this_very_file() -> None:
    card = (Path(__file__).parents[2] / "docs" / "model-card.md").read_text(encoding="utf-8")
    assert MODEL.name in card


def test_the_model_needs_no_training_library() -> None:
    code = (
        "import sys; from classifiers.choose import load; load('default').classify(['halo']);"
        "print([name for name in ('sklearn', 'scipy', 'torch', 'matplotlib', 'bot') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  (our own interpreter and code)
    assert done.stdout.strip() == "[]"


def check_whole(text: str, prediction: Prediction) -> None:
    assert set(prediction.scores) == set(Label)
    assert all(0.0 <= score <= 1.0 for score in prediction.scores.values())
    assert not set(prediction.labels) & set(prediction.unsure)
    spoken = (*prediction.labels, *prediction.unsure)
    for reason in prediction.reasons:
        assert reason.label in spoken
        assert reason.weight > 0
        if reason.start != -1:
            assert reason.text == text[reason.start : reason.end] != ""
        else:
            assert reason.end == -1
    for label in Label:
        line = MODEL.thresholds[label]
        assert (label in prediction.labels) == (prediction.scores[label] >= line.certain)


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=[]), max_size=120),
        st.lists(st.sampled_from([word for text, _ in PLAIN for word in text.split()]), max_size=30).map(
            " ".join
        ),
    )
)
def test_any_text_gets_a_whole_answer(text: str) -> None:
    check_whole(text, MODEL.classify([text])[0])


def test_company_changes_nothing() -> None:
    texts = [text for text, _ in PLAIN]
    assert MODEL.classify(texts) == [MODEL.classify([text])[0] for text in texts]
    assert MODEL.classify([]) == []


def test_threads_get_the_same_answers() -> None:
    texts = [text for text, _ in PLAIN] * 4
    expected = MODEL.classify(texts)
    with ThreadPoolExecutor(4) as pool:
        answers = [future.result() for future in [pool.submit(MODEL.classify, texts) for _ in range(8)]]
    assert all(answer == expected for answer in answers)


def test_a_profane_word_is_named_as_it_was_written() -> None:
    prediction = MODEL.classify(["petugasnya g 0 b l o k banget"])[0]
    assert Label.ABUSIVE in prediction.labels
    heaviest = next(reason for reason in prediction.reasons if reason.label is Label.ABUSIVE)
    assert "g 0 b l o k" in heaviest.text


def test_personal_data_is_never_a_reason() -> None:
    text = "tolong @nama_orang 081234567890 jalan rusak parah dibiarkan bertahun tahun"
    named = " ".join(reason.text for reason in MODEL.classify([text])[0].reasons)
    assert "@nama_orang" not in named
    assert "081234567890" not in named


def test_thresholds_of_the_config_replace_the_models_own() -> None:
    text = "jalan depan pasar rusak parah, sudah dilaporkan tapi dibiarkan"
    strict = load("default", {Label.COMPLAINT: Thresholds(1.0, 0.5)})
    prediction = strict.classify([text])[0]
    assert Label.COMPLAINT in prediction.unsure
    assert strict.thresholds[Label.PRAISE] == MODEL.thresholds[Label.PRAISE]
