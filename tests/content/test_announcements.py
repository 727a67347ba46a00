"""What a playbook says to everybody: the first message is whole, calm, easy to read, and never guesses."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.domain.guard import find_personal_data, tone_findings
from bot.domain.template import Slot, SlotKind, Template, TemplateUse, render, usable
from bot.files.known import Known
from bot.files.replies import read_templates
from bot.files.topics import topic_keys

CONTENT = Path(__file__).parents[2] / "playbooks"
TEMPLATES, FAULTS = read_templates(
    [CONTENT / "replies"], Known(topics=topic_keys(CONTENT / "topics.yaml"), judged=False)
)
SAID = [t for t in TEMPLATES if t.use is TemplateUse.PLAYBOOK and t.topic != "keselamatan-jiwa"]
EACH = pytest.mark.parametrize("template", SAID, ids=[t.id for t in SAID])
FIRST = [t for t in SAID if t.id.endswith("/sikap-awal")]
EACH_FIRST = pytest.mark.parametrize("template", FIRST, ids=[t.topic for t in FIRST])
ABOUT = {
    "akun-diretas",
    "bencana",
    "gangguan-layanan",
    "hoaks-bencana",
    "hoaks-viral",
    "kebocoran-data-pribadi",
    "kerusuhan-konflik",
    "ujaran-kebencian-sara",
}
UNKNOWN = "belum kami ketahui"
LONGEST_SENTENCE = 24
EASY_WORD = 6.6
"""Letters of a word on average; the daily papers stand near 6.2, laws near 7.5."""


def with_nothing_known(template: Template) -> str:
    return render(template, {}, ())


def with_everything(template: Template) -> str:
    return render(template, {slot.name: full(slot) for slot in template.slots}, ("go.id",))


def full(slot: Slot) -> str:
    return "https://contoh.go.id/" + "a" * 60 if slot.kind is SlotKind.LINK else "Kata " * (slot.max // 5)


def sentences(text: str) -> list[list[str]]:
    return [part.split() for part in re.split(r"(?<=[.:?])\s+|\n+", text) if part.strip()]


def test_each_playbook_with_public_words_has_a_first_message_a_correction_and_an_end() -> None:
    assert FAULTS == []
    assert {t.topic for t in SAID} == ABOUT
    for topic in ABOUT:
        parts = {t.id.partition("/")[2] for t in SAID if t.topic == topic}
        assert parts >= {"sikap-awal", "koreksi", "penutup"}
        assert parts & {"kabar-lanjutan", "klarifikasi"}


@EACH
def test_nothing_is_said_before_the_agency_approved_it(template: Template) -> None:
    assert not usable(template, None, date(2026, 11, 22)).ok
    assert usable(template, template.sha256, date(2026, 11, 22)).ok


@EACH
def test_a_message_is_whole_while_nothing_is_known_yet(template: Template) -> None:
    text = with_nothing_known(template)
    assert "{" not in text
    assert ".." not in text
    assert "  " not in text
    assert text.endswith(".")
    facts = [slot for slot in template.slots if slot.name == "fakta" and not template.id.endswith("/balasan")]
    assert all(slot.fallback == UNKNOWN for slot in facts)
    assert all(slot.fallback and slot.ask.endswith("?") for slot in template.slots)


@EACH
def test_a_message_fits_on_a_phone_and_on_every_channel(template: Template) -> None:
    assert len(with_nothing_known(template)) <= 1000
    assert len(with_everything(template)) <= 2200  # what the shortest of the channels takes under a picture


@EACH
def test_it_is_calm_and_holds_no_personal_data(template: Template) -> None:
    text = with_nothing_known(template)
    assert find_personal_data(text) == ()
    assert tone_findings(text) == ()
    assert "!" not in text


@EACH
def test_it_is_easy_to_read(template: Template) -> None:
    text = with_nothing_known(template)
    lengths = [len(words) for words in sentences(text)]
    assert max(lengths) <= LONGEST_SENTENCE, max(sentences(text), key=len)
    assert sum(lengths) / len(lengths) <= 13
    words = re.findall(r"[^\W\d_]+", text)
    assert sum(map(len, words)) / len(words) <= EASY_WORD


HARD = (
    "insiden", "mitigasi", "eskalasi", "stakeholder", "koordinasi", "kondusif", "update", "link", "hotline",
    "implementasi", "signifikan", "optimal", "dihimbau", "dimohon", "silahkan", "di karenakan", "terkait hal",
    "oknum", "masyarakat luas", "sementara waktu", "tindak lanjut", "klarifikasi", "hoaks", "miminta",
)  # fmt: skip


@EACH
def test_it_uses_the_plain_word(template: Template) -> None:
    text = f" {with_nothing_known(template).lower()} "
    assert [word for word in HARD if re.search(rf"\b{word}\b", text)] == []


@EACH_FIRST
def test_the_first_message_has_its_six_parts_and_what_to_do_comes_first(template: Template) -> None:
    text = with_nothing_known(template)
    empathy = re.search(
        r"turut prihatin|kami tahu|kami mengerti|kami memahami|mohon maaf", text, re.IGNORECASE
    )
    known = re.search(rf"(?:Yang terjadi|Faktanya|Yang sudah jelas|Keterangan kepolisian): {UNKNOWN}", text)
    unknown = re.search(r"Yang belum jelas: \S+|Perkiraan pulih: belum kami ketahui", text)
    doing = re.search(
        r"(?:petugas|tim) kami|kami sedang|kami sudah menanyakannya|menangani keadaan|kami sembunyikan",
        text.lower(),
    )
    when = re.search(r"Kabar berikutnya kami tulis di sini paling lambat \d+ menit sejak pesan ini", text)
    found = [empathy, known, unknown, doing, when]
    assert None not in found
    to_do = text.partition("\n")[0]
    asked = r"(?:lah|hubungi|hindari|[Mm]ohon|[Ww]aspada\w*|[Tt]etap|[Mm]ari|[Ii]kuti|[Bb]ila)\b"
    assert re.search(asked, to_do), to_do
    assert all(found_part.start() > 0 for found_part in found[1:] if found_part)
    assert text.rstrip(".").endswith("sejak pesan ini")


def about(topic: str) -> str:
    rows = [t for t in SAID if t.topic == topic]
    return " ".join(with_nothing_known(t) + " ".join(s.ask for s in t.slots) for t in rows).lower()


def test_unrest_is_told_by_the_police_without_groups_or_places() -> None:
    text = about("kerusuhan-konflik")
    facts = [s for t in SAID if t.topic == "kerusuhan-konflik" for s in t.slots if s.name == "fakta"]
    assert facts
    assert all("kepolisian" in slot.ask for slot in facts)
    assert not re.search(r"\b(?:suku|agama|etnis|kubu|kelompok|geng|ormas|posko|titik|lokasi|letak)\b", text)


def test_a_leak_is_told_without_the_data() -> None:
    rows = [t for t in SAID if t.topic == "kebocoran-data-pribadi"]
    kinds = [s for t in rows for s in t.slots if s.name in {"jenis_data", "fakta"} and "hasil" not in s.ask]
    assert all(re.search(r"tanpa (?:isinya|mengulang datanya)", slot.ask) for slot in kinds)
    letter = next(t for t in rows if t.id.endswith("/pemberitahuan"))
    assert [s.name for s in letter.slots if re.search(rf"\d\. .*{{{s.name}}}", letter.text)] == [
        "jenis_data",
        "kejadian",
        "penanganan",
    ]


def test_hate_is_answered_without_threats_quotes_or_names() -> None:
    text = about("ujaran-kebencian-sara")
    assert not re.search(
        r"\b(?:pidana|penjara|pasal|uu ite|polisi|dipidana|hukum|jerat|lapor polisi)\b", text
    )
    assert all("kritik" in t.text.lower() for t in SAID if t.id == "ujaran-kebencian-sara/sikap-awal")


def test_a_rumour_is_named_once_at_most_and_after_the_fact() -> None:
    for template in (t for t in SAID if t.topic.startswith("hoaks-") and t.id.endswith("/klarifikasi")):
        assert template.text.count("{pokok}") == 1
        assert (
            template.text.index("{fakta}") < template.text.index("Hati-hati") < template.text.index("{sebab}")
        )
        assert template.text.rindex("faktanya") > template.text.index("{sebab}")


def test_five_sentences_stand_where_no_comment_would_have_stood() -> None:
    template = next(t for t in TEMPLATES if t.id == "krisis/belum-bisa-menjawab")
    (choice,) = [slot for slot in template.slots if slot.kind is SlotKind.CHOICE]
    assert len(choice.choices) == 5
    assert all(tone_findings(words) == () for _, words in choice.choices)
