"""Advice on a draft: made of all that the team knows of the matter, and only while it can still be heeded."""

from dataclasses import replace

from agency import CLOSED, Agency, approve_templates, short, template
from fakes import comment

from bot.chat.words.preview import about
from bot.domain.case import CaseId
from bot.domain.claim import Claim, ClaimId, ClaimStatus, Finding
from bot.domain.comment import Platform
from bot.domain.house_style import HouseStyle
from bot.domain.loaded_words import LoadedWord, LoadedWords
from bot.domain.people import PersonId
from bot.domain.reply import DraftState
from bot.services.adviser import Adviser
from bot.services.preview import Previews
from bot.services.replies import ReplyPolicy

NUMBERS = "Halo Kak, 40 rumah di sana terendam."
UNREST = LoadedWords(frozenset({"kerusuhan-konflik"}), (LoadedWord("perusuh", "orang yang diduga merusak"),))


async def hints(agency: Agency, case: int) -> tuple[str, ...]:
    view = await agency.desk.case(CaseId(case))
    assert view is not None
    return view.hints


async def test_a_number_that_nobody_told_is_named_to_the_writer_and_to_the_approver(agency: Agency) -> None:
    draft = await agency.written("sari", NUMBERS)
    said = "Angka 40 tidak ada di komentar, templat, atau data. Sebut sumbernya."
    assert await hints(agency, draft.case_id) == (said,)
    waiting = await agency.approvals.submit(await agency.at("sari", draft.id))
    shown = await agency.desk.draft(waiting.id)
    assert shown is not None
    assert shown.hints == (said,)
    approved = await agency.approvals.approve(await agency.at("ratna", draft.id))
    assert approved.state is DraftState.APPROVED, "advice holds nothing back"
    shown = await agency.desk.draft(waiting.id)
    assert shown is not None
    assert shown.hints == ()


async def test_what_the_citizen_wrote_may_be_said_again(agency: Agency) -> None:
    case = await agency.receive("sudah empat puluh rumah yang terendam")
    await agency.replies.write(agency.tap("sari", case), NUMBERS)
    assert await hints(agency, case) == ()


async def test_what_a_unit_answered_is_a_source(agency: Agency) -> None:
    case = await agency.receive()
    await agency.register.data.ask(agency.tap("sari", case), "bpbd: Berapa rumah terendam?")
    request = (await agency.database.read.requests.of_case(CaseId(case)))[0]
    await agency.replies.write(agency.tap("sari", case), NUMBERS)
    assert len(await hints(agency, case)) == 1
    await agency.register.data.answer(agency.tap("wawan", request.id), "40 rumah, per pukul 10.")
    assert await hints(agency, case) == ()


async def test_the_templates_own_words_are_not_judged_again_but_an_edit_is(agency: Agency) -> None:
    await approve_templates(agency)
    case = await agency.receive()
    draft = await agency.replies.use_template(await agency.on("sari", case), short(CLOSED))
    draft = await agency.replies.fill_date(await agency.at("sari", draft.id), 1)
    draft = await agency.replies.fill_choice(await agency.at("sari", draft.id), 1)
    link = "https://pu.example.go.id/jadwal"
    draft = await agency.replies.fill_text(await agency.at("sari", draft.id), link)
    assert await hints(agency, case) == ()
    more = f"{draft.text}.\nJalannya akan diaspal sepanjang 900 meter."
    await agency.replies.write(agency.tap("sari", case), more)
    told = await hints(agency, case)
    assert [line.split()[0] for line in told] == ["Angka", "Janji"]
    assert "900" in told[0]


async def test_words_that_rest_on_a_regulation_are_as_vetted_as_those_on_a_page(agency: Agency) -> None:
    promised = "Halo Kak, jalan itu akan diaspal bulan depan."
    on_paper = template("aspal", promised, source="", basis="UU 38/2004 tentang Jalan")
    on_nothing = template("aspal", promised, source="")
    for one, told in ((on_paper, 0), (on_nothing, 1)):
        office = Agency(agency.database, agency.clock, agency.policy, (one,))
        await approve_templates(office)
        case = await office.receive()
        draft = await office.replies.use_template(await office.on("sari", case), short(one))
        assert draft.text == promised
        assert len(await hints(office, case)) == told, one


async def test_words_for_a_platform_outside_are_measured_by_its_room(agency: Agency) -> None:
    brought = [
        replace(
            comment("Kapan jalan diperbaiki?", platform=Platform.CSV, author=f"csv:{where}"), network=where
        )
        for where in ("instagram", "tiktok")
    ]
    first, second = [await agency.receive(one) for one in brought]
    words = "Halo Kak, jalan itu sedang kami periksa bersama petugas di lapangan. " * 3
    draft = await agency.replies.write(await agency.on("sari", first), words.strip())
    assert not [line for line in await hints(agency, first) if "memuat" in line]
    await agency.widening.widen(await agency.at("sari", draft.id), str(second))
    (told,) = [line for line in await hints(agency, first) if "memuat" in line]
    assert told == "TikTok hanya memuat 150 karakter, teks ini 206. Ringkas, atau kirim bersambung."
    shown = await Previews(agency.database, agency.team).of(await agency.at("sari", draft.id))
    assert list(about(shown))[:2] == [
        "206 dari 150 karakter di TikTok, disalin dengan tangan. ⚠️ Ringkas, atau kirim bersambung.",
        "206 dari 2200 karakter di Instagram, disalin dengan tangan.",
    ]


async def test_words_that_take_a_side_are_minded_while_such_an_incident_goes_on(agency: Agency) -> None:
    adviser = Adviser(replace(agency.policy, loaded=UNREST))
    case = await agency.receive()
    draft = await agency.replies.write(agency.tap("sari", case), "Halo Kak, perusuh sudah pergi.")
    comments = await agency.comments(case)
    read = agency.database.read
    assert await adviser.on_reply(read, draft, comments, None) == ()
    topic = replace(CLOSED, topic="kerusuhan-konflik")
    (said,) = await adviser.on_reply(read, draft, comments, topic)
    assert said == "Kata “perusuh” memihak atau menuduh. Yang netral: orang yang diduga merusak."
    assert adviser.on_letter("Perusuh pergi.", "kerusuhan-konflik") == (
        "Kata “Perusuh” memihak atau menuduh. Yang netral: orang yang diduga merusak.",
    )
    assert adviser.on_letter("Perusuh pergi.", "bencana") == ()


async def test_a_rumour_told_twice_is_named_once_the_comment_belongs_to_a_claim(agency: Agency) -> None:
    case = await agency.receive(comment("air PDAM dicampur racun mulai malam ini", author="tg:5"))
    kept = (await agency.comments(case))[0]
    now = agency.clock.now()
    claim = Claim(
        ClaimId(0), 1, "air PDAM dicampur racun mulai malam ini", ClaimStatus.FOUND, now, now, now, "sari",
        finding=Finding.FALSE, confirmed_by=PersonId("ratna"), basis="Uji air: 12 titik aman",
    )  # fmt: skip
    twice = "Halo Kak, air PDAM dicampur racun mulai malam ini keliru. 12 titik diuji. "
    draft = await agency.replies.write(
        agency.tap("sari", case),
        f"{twice}Sekali lagi, air PDAM dicampur racun mulai malam ini tidak terjadi.",
    )
    adviser = Adviser(ReplyPolicy(style=HouseStyle()))
    (said,) = await adviser.on_reply(agency.database.read, draft, [kept], None, claim)
    assert said == "Klaimnya disebut berulang. Cukup sekali; yang diulang faktanya."
