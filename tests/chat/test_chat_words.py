"""Every sentence is there, short enough, Indonesian, and free of code words."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from chat_views import NAMES, NINE, after, plain

import bot.chat
from bot.chat import notes
from bot.chat.words import names as called
from bot.chat.words import notices, times
from bot.chat.words.cards import reason
from bot.chat.words.refusals import MOST, refusal
from bot.chat.words.story import because, target
from bot.domain import errors
from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Platform
from bot.domain.form import FieldFault, Why
from bot.domain.measure import State
from bot.domain.outgoing import Notice, Prompt
from bot.domain.people import Action, PersonId, Role, Zone
from bot.domain.priority import Urgency
from bot.domain.reply import ApprovedAs, DraftState
from bot.domain.template import SlotFault
from classifiers.labels import Label

CODE = Path(bot.chat.__file__).parents[1]
MODERATION = (
    *(
        "own",
        "not_yours",
        "for_good",
        "days",
        "no_rule",
        "not_here",
        "protected",
        "out_of_reach",
        "incomplete",
    ),
    *("off", "ours", "telegram", "anonymous", "channel_bot", "team", "unknown", "is_admin", "is_bot"),
    *("no_delete_right", "no_restrict_right", "not_there", "no_supergroup", "unknown_there"),
)
EXAMPLES = [
    errors.NotAllowed(Action.APPROVE),
    errors.NotEnrolled(),
    errors.NotFound("case", "12"),
    errors.NotFound("something new", "12"),
    errors.TakenBy("sari"),
    *(errors.Outdated(state, "sari") for state in (*CaseStatus, *DraftState, "template_changed", "?")),
    *(errors.WrongState(state, "sari") for state in (*CaseStatus, *DraftState)),
    errors.WrongState("in_set"),
    errors.OwnWords(),
    *(
        errors.CannotJoin(12, why, "sari")
        for why in ("sensitive", "emergency", "closed", "drafted", "taken", "name")
    ),
    *(errors.CannotModerate(why) for why in MODERATION),
    *(errors.WrongState(f"measure_{state}", "sari") for state in State),
    errors.Outdated("measure_edited"),
    *(errors.CannotSwap(why, "sari") for why in ("same", "over", "not_on", "busy", "on_leave")),
    *(errors.WrongState(f"swap_{state}") for state in ("agreed", "declined", "withdrawn", "expired")),
    errors.NotNamed(),
    errors.NotMember(),
    errors.NotMember(never=True),
    errors.TooFast(),
    *(errors.WrongState(state) for state in ("sensitive", "not_sensitive", "slot_filled")),
    errors.Expired(NINE),
    errors.NeedsPause(NINE),
    errors.PersonalData(("Ada nomor telepon (08**-****-**12). Pindahkan ke pesan pribadi.", "Ada NIK.")),
    errors.PersonalData(()),
    errors.UnusableTemplate("Jadwal perbaikan", "Masa berlakunya habis pada 31 Desember 2025."),
    *(
        errors.BadInput(why)
        for why in (
            "empty",
            "too_long:1000",
            "invitation",
            "choice",
            "date",
            "slots_open",
            "too_many_cases:15",
            "?",
        )
    ),
    errors.RunRefused("taken", "sari"),
    *(FieldFault("sumber", why, "bmkg.go.id") for why in Why),
    SlotFault("ruas", "Paling panjang 80 karakter; ini 99."),
]


@pytest.mark.parametrize(
    "error", EXAMPLES, ids=lambda e: f"{type(e).__name__}-{'-'.join(map(str, vars(e).values()))}"
)
def test_every_refusal_says_what_happened_in_one_kind_sentence(error: errors.Refused) -> None:
    said = refusal(error, NAMES, Zone.WIB)
    assert 0 < len(said) <= MOST
    assert said[0].isupper()
    assert said.endswith((".", "ya."))
    assert not re.search(r"\b(sari|case|draft|new|assigned|waiting|stale|too_long|None)\b", said)


def test_every_class_of_refusal_is_among_the_examples() -> None:
    def family(kind: type[errors.Refused]) -> set[type[errors.Refused]]:
        return {kind, *(found for child in kind.__subclasses__() for found in family(child))}

    assert {type(e) for e in EXAMPLES} == family(errors.Refused) - {errors.Refused}


def test_some_refusals_read_aloud() -> None:
    def said(error: errors.Refused) -> str:
        return refusal(error, NAMES, Zone.WITA)

    assert said(errors.TakenBy("sari")) == "Sudah ditangani Sari. Terima kasih sudah sigap."
    assert said(errors.Outdated("closed", "budi")) == (
        "Kartunya sudah berubah: kasus ini sudah ditutup Budi. Lihat kartu yang terbaru, ya."
    )
    assert said(errors.WrongState("approved", "budi")) == "Belum bisa: draf ini sudah disetujui oleh Budi."
    assert said(errors.NeedsPause(NINE)) == "Baca sekali lagi dulu, ya. Bisa dipastikan mulai 10.12.00 WITA."


def test_everything_has_a_name_on_screen() -> None:
    for kind, names in (
        (Label, called.LABELS),
        (Urgency, called.URGENCY),
        (Urgency, called.URGENCY_MARK),
        (CaseStatus, called.STATUS),
        (CloseReason, called.CLOSE_REASON),
        (DraftState, called.DRAFT_STATE),
        (ApprovedAs, called.APPROVED_AS),
        (Platform, called.PLATFORM),
        (Role, called.ROLE),
    ):
        assert set(names) == set(kind)
    assert called.LABELS[Label.HOAX] == "Klaim terkait hoaks"


def test_times_are_told_as_people_tell_them() -> None:
    assert times.moment(NINE, after(60), Zone.WIB) == "09.12 WIB"
    assert times.moment(NINE, after(60 * 24), Zone.WIB) == "kemarin 09.12 WIB"
    assert times.moment(after(60 * 24), NINE, Zone.WIT) == "besok 11.12 WIT"
    assert times.moment(NINE, after(60 * 72), Zone.WIB) == "Sen 23 Nov 09.12 WIB"
    assert times.moment(NINE - timedelta(days=365), NINE, Zone.WIB) == "Min 23 Nov 2025 09.12 WIB"
    # Midnight in Jakarta is already two in the morning in Jayapura: the day is the reader's.
    assert times.moment(after(15 * 60), after(13 * 60), Zone.WIB) == "besok 00.12 WIB"
    assert times.moment(after(15 * 60), after(13 * 60), Zone.WIT) == "02.12 WIT"
    spans = {
        0: "kurang dari semenit",
        3: "3 menit",
        60: "1 jam",
        125: "2 jam 5 menit",
        1500: "1 hari 1 jam",
        1442: "1 hari",
    }
    assert {m: times.span(timedelta(minutes=m)) for m in spans} == spans


def test_triggers_and_targets_are_told_without_codes() -> None:
    assert because("label=hoax score=0.97 topics=gempa") == "satu komentar: klaim terkait hoaks"
    assert because("manual case=12") == "dari kasus #12"
    assert because("manual case=-") == because("topics=bunuh-diri") == ""
    assert target("role:koordinator") == "koordinator"
    assert target("group:kepala-humas") == "kelompok kepala humas"
    assert target("acker") == "penanggung jawab"


def said_by_services() -> set[str]:
    """The names that the services give to notices and prompts, read from their code."""
    found = set()
    for file in [*CODE.glob("*.py"), *CODE.glob("services/*.py"), *CODE.glob("chat/handlers/*.py")]:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = (
                getattr(call.func, "attr", getattr(call.func, "id", "")) if isinstance(call, ast.Call) else ""
            )
            if isinstance(call, ast.Call) and name in {"Notice", "Prompt", "_tell", "_prompt"}:
                words = call.args[1:2] if name in {"Notice", "Prompt"} else call.args[-3:]
                found |= {str(w.value) for w in words if isinstance(w, ast.Constant)}
    return found


def test_every_notice_and_prompt_of_the_services_has_words() -> None:
    names = (said_by_services() - {"lock", "unlock", "spike"}) | {"draft_returned", "draft_rejected"}
    assert {"return_note", "no_approver", "locked", "write_reply", "fill_slot", "playbook_notify"} <= names
    assert [name for name in sorted(names) if not notices.known(name)] == []


def test_a_question_names_the_gap_that_it_is_about() -> None:
    asked, _ = notices.prompt("fill_slot", {"case": 12, "ask": "Ruas mana?", "slot": "ruas"}, "Sari")
    assert asked == "✏️ Sari, untuk #12: Ruas mana?\nBalas pesan ini, ya."
    asked, _ = notices.prompt("fill_slot", {"case": 12, "ask": "", "slot": "nama_jalan"}, "Sari")
    assert asked == "✏️ Sari, untuk #12: isi bagian “nama jalan”\nBalas pesan ini, ya."


PARAMS: dict[str, object] = {
    "case": 12,
    "run": 3,
    "person": "sari",
    "note": "Sebut <sumbernya>.",
    "playbook": "Hoaks viral",
    "text": "Tahan dulu unggahan lain.",
    "said": "Telegram sedang tidak menjawab.",
    "subject": "case:12",
    "kind": "date",
    "ask": "Kapan?",
    "start": "2026-11-23T12:00:00+00:00",
    "end": "2026-11-24T00:00:00+00:00",
    "zone": "WITA",
    "due_at": "2026-11-23T00:00:00+00:00",
    "now": "2026-11-22T09:00:00+00:00",
    "rota": "medsos-cadangan",
    "give": {"rota": "medsos", "start": "2026-11-23T12:00:00+00:00", "end": "2026-11-24T00:00:00+00:00"},
}


@pytest.mark.parametrize("what", sorted(notices._NOTICES))
def test_every_notice_reads_well(what: str) -> None:
    said = plain(notes.draw_notice(Notice("triage", what, PARAMS), NAMES))
    assert not re.search(r"\b(sari|case:12|None)\b", said)
    assert "Sebut <sumbernya>." in said


def test_what_comes_from_outside_is_told_in_words_that_people_know() -> None:
    assert because("event source=bmkg kind=gempa-susulan") == "kabar dari bmkg: gempa susulan"
    assert because("heartbeat connector=telegram since=x") == "tidak ada kabar lagi dari Telegram"
    assert because("heartbeat connector=import") == "tidak ada kabar lagi dari impor berkas"
    assert because("schedule due=x") == "sudah waktunya menurut jadwal"
    assert (
        because("schedule due=x late=yes")
        == "sudah waktunya menurut jadwal, terlambat karena bot sempat mati"
    )
    failed = Notice("triage", "timer_failed", {"subject": "heartbeat:telegram"})
    assert "Gagal dijalankan: pengawasan Telegram" in plain(notes.draw_notice(failed, NAMES))
    late = plain(notes.draw_notice(Notice("triage", "schedule_missed", PARAMS), NAMES))
    assert "Hoaks viral terjadwal pukul 08.00 WITA" in late


@pytest.mark.parametrize("what", [*sorted(notices._PROMPTS), "something_new"])
def test_every_prompt_opens_the_reply_field_of_the_one_who_is_asked(what: str) -> None:
    drawn = notes.draw_prompt(Prompt("triage", what, PersonId("sari"), "write:12", PARAMS), NAMES)
    assert drawn.force_reply
    assert len(drawn.force_reply) <= 64
    assert "Sari" in plain(drawn)
    assert not drawn.keyboard
    assert not drawn.selective


def test_a_question_in_the_group_opens_only_the_field_of_whom_it_names() -> None:
    asked = Prompt("triage", "write_reply", PersonId("sari"), "write:12", {"case": 12})
    drawn = notes.draw_prompt(asked, NAMES, 42)
    assert drawn.selective
    assert '<a href="tg://user?id=42">Sari</a>' in drawn.text


def test_unlocking_has_its_button_where_it_is_asked_for() -> None:
    drawn = notes.draw_notice(Notice("triage", "unlock_asked", PARAMS), NAMES)
    assert [button.text for button in drawn.keyboard[0]] == ["Buka kembali"]


def test_sentences_stand_in_words_and_nowhere_else() -> None:
    """A sentence in two places would soon be two sentences."""
    indonesian = re.compile(
        r"\b(yang|dan|ini|itu|untuk|dengan|belum|sudah|tidak|bila|dari|Anda|oleh|akan|bisa|lagi)\b"
    )
    strays = []
    for file in Path(bot.chat.__file__).parent.rglob("*.py"):
        if file.parent.name != "words":
            strays += [
                f"{file.name}:{node.lineno} {node.value}"
                for node in ast.walk(ast.parse(file.read_text("utf-8")))
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and indonesian.search(node.value)
            ]
    assert strays == []


def test_the_count_that_raised_a_card_is_told_as_the_least() -> None:
    """It stays as it was when the card rose; the card's own count goes on."""
    assert reason("grows:10") == "hal ini disebut sedikitnya 10 kali dalam sejam"
    assert reason("grows:many") == ""
