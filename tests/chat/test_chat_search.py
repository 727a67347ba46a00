"""/cari as people write it, and its pages as they turn them."""

from datetime import timedelta

import pytest
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_town import MORNING
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.wanted_search import wanted
from bot.chat.words.refusals import MOST, refusal
from bot.chat.words.search import DAYS, INPUT, LABELS, STATUSES
from bot.domain.case import CaseId, CaseStatus
from bot.domain.errors import BadInput
from bot.domain.people import Zone
from bot.domain.search import Search, Term
from bot.sandbox import Message
from classifiers.labels import Label

TODAY = MORNING.astimezone(Zone.WIB.tz).replace(hour=0, minute=0, second=0, microsecond=0)


def read(text: str) -> Search:
    return wanted(text, MORNING, Zone.WIB)


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("air mati", Search((Term("air"), Term("mati")))),
        ('"air mati" banj*', Search((Term("air mati"), Term("banj", begins=True)))),
        ("“air mati”", Search((Term("air mati"),))),
        ('"air mati', Search((Term("air mati"),))),
        ("air -lampu", Search((Term("air"),), without=(Term("lampu"),))),
        ("label:keluhan", Search(labels=("complaint",))),
        ("Label:KRITIK label:hoaks", Search(labels=("complaint", "hoax"))),
        ("label:apre", Search(labels=("praise",))),
        ("status:baru", Search(statuses=(CaseStatus.NEW,))),
        ("status:menunggu-persetujuan", Search(statuses=(CaseStatus.DRAFTED,))),
        ("status:bukan-wewenang", Search(statuses=(CaseStatus.HANDED_OVER,))),
        ("dari:@sri", Search(author="sri")),
        ('dari:"Sri Rahayu" jalan', Search((Term("jalan"),), author="Sri Rahayu")),
        ("sejak:3h", Search(since=MORNING - timedelta(days=3))),
        ("sejak:2jam", Search(since=MORNING - timedelta(hours=2))),
        ("sejak:hari-ini", Search(since=TODAY)),
        ("sejak:kemarin sampai:kemarin", Search(since=TODAY - timedelta(days=1), until=TODAY)),
        ("sejak:1-3", Search(since=TODAY.replace(month=3, day=1))),
        ("sejak:25-12", Search(since=TODAY.replace(year=2025, month=12, day=25))),
        ("sejak:25/12/2024", Search(since=TODAY.replace(year=2024, month=12, day=25))),
        ("sejak:2024-12-25", Search(since=TODAY.replace(year=2024, month=12, day=25))),
        ("#12", Search(case=CaseId(12))),
        ("mirip:#12 status:baru", Search(like=CaseId(12), statuses=(CaseStatus.NEW,))),
        ("mirip:12 bansos", Search((Term("bansos"),), like=CaseId(12))),
        ("jam 10:30", Search((Term("jam"), Term("10:30")))),
        ("https://contoh.go.id", Search((Term("https://contoh.go.id"),))),
        ("a*b **", Search((Term("a*b"), Term("**")))),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(text: str, search: Search) -> None:
    assert read(text) == search


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Tulis kata yang dicari, misalnya: /cari jalan rusak."),
        ("label:banjir", "Label itu tidak ada. Pilihannya: pertanyaan, keluhan,"),
        ("label:ke", "Label itu tidak ada."),
        ("status:", "Status itu tidak ada."),
        ("dari:", "Tulis namanya"),
        ("mirip:ini", "Tulis nomor kasusnya, misalnya: mirip:12."),
        ("status:x", "Status itu tidak ada."),
        ("sejak:besok", "Waktunya belum terbaca. Tulis seperti sejak:3h"),
        ("sejak:3x", "Waktunya belum terbaca."),
        ("sejak:31-2", "Waktunya belum terbaca."),
        ("dari:@", "Tulis namanya, misalnya: dari:sri"),
        ("lable:keluhan", "Saringan itu tidak ada. Mungkin maksud Anda label: (misalnya label:keluhan)."),
        ("sejka:3h", "Saringan itu tidak ada. Mungkin maksud Anda sejak: (misalnya sejak:3h)."),
        ("a " * 13, "Paling banyak 12 kata untuk satu pencarian."),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refusal(refused.value, {}, Zone.WIB).startswith(said)


@pytest.mark.parametrize("why", INPUT)
def test_every_such_sentence_fits_on_a_phone(why: str) -> None:
    said = refusal(BadInput(why), {}, Zone.WIB)
    assert len(said) <= MOST
    assert not said.endswith("…")


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text)
    except BadInput:
        return
    assert found != Search()


PIECES = st.sampled_from(
    [
        "label:",
        "status:",
        "sejak:",
        "sampai:",
        "dari:",
        '"',
        "-",
        "*",
        "#",
        ":",
        "3h",
        "x",
        "99999",
        "keluhan",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_mixture_of_what_means_something_is_read_or_refused(text: str) -> None:
    test_any_text_is_read_or_refused.hypothesis.inner_test(text)  # type: ignore[attr-defined]  # hypothesis gives it


def test_everything_can_be_asked_for() -> None:
    assert set(LABELS.values()) == {label.value for label in Label}
    assert {status for statuses in STATUSES.values() for status in statuses} == set(CaseStatus)
    for name in (*LABELS, *(f"{name}".replace(" ", "-") for name in STATUSES), *DAYS):
        kinds = [kind for kind in ("label", "status", "sejak") if _reads(f"{kind}:{name}")]
        assert len(kinds) == 1, name


def _reads(text: str) -> bool:
    try:
        return bool(read(text))
    except BadInput:
        return False


async def many(office: Office, count: int) -> None:
    for number in range(count):
        citizen = office.world.add_user(f"Warga {number}", 9000 + number)
        await office.comment(f"lampu jalan mati di RT {number}", citizen)


def turns(message: Message) -> list[str]:
    """The buttons that lead to other pages."""
    return [one["text"] for one in message.buttons if "semua" not in one["text"]]


async def test_pages_are_turned_where_they_stand(office: Office) -> None:
    await many(office, 23)
    first = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    assert first.text.splitlines()[0] == "Ditemukan, halaman 1"
    assert turns(first) == ["Berikutnya ›"]
    before = len(office.seen(TRIAGE_CHAT))
    texts = [first.text]
    for who in ("pita", "kori"):
        await office.press(who, first, "Berikutnya")
        first = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == first.message_id)
        texts.append(first.text)
    assert turns(first) == ["‹ Sebelumnya"]
    numbers = [
        int(line.split("#")[1].split()[0]) for text in texts for line in text.splitlines() if "#" in line
    ]
    assert numbers == list(range(23, 0, -1))
    await office.press("ani", first, "Sebelumnya")
    again = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == first.message_id)
    assert again.text == texts[1]
    assert len(office.seen(TRIAGE_CHAT)) == before
    assert office.refusals() == []


async def test_an_old_list_says_that_it_is_old(office: Office) -> None:
    await many(office, 11)
    said = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    press = await office.press_raw(office.users["ani"], TRIAGE_CHAT, said.message_id, "fp:77:1")
    assert press.text == "Pencarian itu sudah terlalu lama. Tulis /cari lagi, ya."


async def test_filters_and_what_stands_beside(office: Office) -> None:
    await many(office, 2)
    said = await office.writes("ani", TRIAGE_CHAT, "/cari lampu status:ditutup")
    assert said.text == "Tidak ada yang cocok. Coba kata lain, ya."
    said = await office.writes("ani", TRIAGE_CHAT, "/cari #2")
    assert said.text.startswith("Ditemukan (1)")
    assert "lampu jalan mati di RT 1" in said.text
    said = await office.writes("ani", TRIAGE_CHAT, "/cari diterima")
    assert said.text.splitlines()[-1].startswith("Templat: ")
    assert office.refusals() == []


async def test_what_is_masked_on_the_list_is_not_found_either(office: Office) -> None:
    await office.comment("hubungi 0812-3456-7890 ya, jalan rusak parah")
    assert "****" in (await office.writes("ani", TRIAGE_CHAT, "/cari hubungi")).text
    said = await office.writes("ani", TRIAGE_CHAT, "/cari 0812-3456-7890")
    assert said.text.startswith("Tidak ada kata yang bisa dicari di situ.")


async def test_all_that_was_found_is_closed_after_fifteen_seconds_on_one_card(office: Office) -> None:
    await many(office, 7)
    await office.comment("lampu jalan mati, banjir, tolong", office.stranger)
    listed = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    assert [one["text"] for one in listed.buttons] == ["🗂 Tutup semua", "🏷 Label semua", "💬 Balas semua"]
    await office.press("ani", listed, "Tutup semua")
    listed = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == listed.message_id)
    assert "Kenapa semuanya ditutup?" in listed.text
    await office.press("ani", listed, "Ganda")
    card = office.seen(TRIAGE_CHAT)[-1]
    assert card.text.startswith("🗂 7 kasus akan ditutup dengan alasan “Ganda”. Lanjutkan?\n")
    assert card.text.count("lampu jalan mati di RT") == 5
    assert "dan 2 kasus lain" in card.text
    assert card.text.endswith("Tidak ikut: 1 darurat.")
    press = await office.press("pita", card, "Ya, lanjutkan")
    assert press.text == "Tombol itu untuk orang yang memulainya."
    await office.press("ani", card, "Ya, lanjutkan")
    card = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == card.message_id)
    assert card.text.startswith("🗂 7 kasus ditutup dengan alasan “Ganda” mulai pukul 09.00.15 WIB.")
    assert [one["text"] for one in card.buttons] == ["↩️ Urungkan"]
    await office.later(minutes=0.3)
    card = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == card.message_id)
    assert card.text == "🗂 7 kasus ditutup dengan alasan “Ganda” oleh Ani.\n\nTidak ikut: 1 darurat."
    assert not card.buttons
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari lampu status:ditutup")).text.startswith(
        "Ditemukan (7)"
    )
    assert office.refusals() == []


async def test_within_fifteen_seconds_it_is_taken_back(office: Office) -> None:
    await many(office, 2)
    listed = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    await office.press("ani", listed, "Label semua")
    listed = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == listed.message_id)
    await office.press("ani", listed, "Spam")
    card = office.seen(TRIAGE_CHAT)[-1]
    assert card.text.startswith("🏷 2 kasus akan diberi label “Spam”. Lanjutkan?")
    await office.press("ani", card, "Ya, lanjutkan")
    card = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == card.message_id)
    press = await office.press("ani", card, "Urungkan")
    assert press.text == "Diurungkan. Tidak ada yang berubah."
    await office.later(minutes=1)
    card = next(m for m in office.seen(TRIAGE_CHAT) if m.message_id == card.message_id)
    assert card.text == "Diurungkan: Ani. Tidak ada yang berubah."
    assert (await office.writes("ani", TRIAGE_CHAT, "/cari label:spam")).text.startswith(
        "Tidak ada yang cocok"
    )
    assert office.refusals() == []


async def test_one_text_answers_all_after_a_coordinator_has_read_the_list(office: Office) -> None:
    await many(office, 3)
    listed = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    await office.press("ani", listed, "Balas semua")
    card = office.seen(TRIAGE_CHAT)[-1]
    assert card.text.startswith("💬 3 kasus akan dijawab dengan satu teks. Lanjutkan?")
    assert (await office.press("ani", card, "Ya, lanjutkan")).text == "Balas pesan bot di bawah, ya."
    question = office.seen(TRIAGE_CHAT)[-1]
    assert question.text.startswith("💬 Ani, balas pesan ini dengan satu teks untuk 3 kasus.")
    await office.writes("ani", TRIAGE_CHAT, "Lampu diperbaiki malam ini, ya.", reply_to=question)
    draft = next(m for m in office.cards() if "Ajukan" in str(m.buttons))
    assert "Untuk 3 komentar" in draft.text
    await office.press("ani", draft, "Ajukan")
    asked = office.last("kori")
    assert asked.text.count("lampu jalan mati di RT") == 3
    await office.press("kori", asked, "Setujui")
    said = [m.text for m in office.seen(DISCUSSION)]
    assert said.count("Lampu diperbaiki malam ini, ya.") == 3
    assert office.refusals() == []


async def test_a_single_case_has_its_own_card_for_that(office: Office) -> None:
    await many(office, 1)
    listed = await office.writes("ani", TRIAGE_CHAT, "/cari lampu")
    assert not listed.buttons
