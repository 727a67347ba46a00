"""A press office on one morning: views for drawing, with made-up people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.chat.drawn import Drawn
from bot.domain.case import Case, CaseId, CaseStatus, Panel
from bot.domain.comment import Author, Comment, CommentId, KeptComment, Origin, Platform, Verdict
from bot.domain.people import PersonId
from bot.domain.priority import Priority, Urgency
from bot.domain.reply import Draft, DraftId, DraftState
from bot.domain.suggest import Suggestion
from bot.domain.template import Fitness, Slot, SlotKind, Template, TemplateState, Usability
from bot.sandbox.entities import parse_html
from bot.services.views import CaseView, DraftView, PlaybookChoice, TemplateChoice

NINE = datetime(2026, 11, 23, 2, 12, tzinfo=UTC)
"""Monday 09.12 WIB."""
NAMES = {"sari": "Sari", "budi": "Budi", "rina": "Rina"}
SARI, BUDI, RINA = PersonId("sari"), PersonId("budi"), PersonId("rina")
HOLE = Slot("ruas", SlotKind.TEXT, "Ruas jalan mana?", max=80)
WHEN = Slot("tanggal", SlotKind.DATE, "Kapan petugas datang?")
STEP = Slot(
    "langkah",
    SlotKind.CHOICE,
    "Apa langkahnya?",
    (("survei", "petugas akan survei"), ("antre", "sudah masuk antrean")),
)


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def comment(
    text: str = "Jalan Mawar rusak parah min, sudah 2 bulan tidak diperbaiki", **to: object
) -> Comment:
    made = Comment(
        Origin(Platform.TELEGRAM_DISCUSSION, "-100:5", "77"),
        Author("u1", "Ratna"),
        text,
        NINE,
        NINE,
        link="https://t.me/kotacontoh/5?comment=77",
        context="Perbaikan jalan tahap dua dimulai Senin",
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of Comment's own fields


def kept(text: str = comment().text, number: int = 1, **to: object) -> KeptComment:
    return KeptComment(CommentId(number), 12, comment(text, **to), Verdict())


def verdict(**to: object) -> Verdict:
    made = Verdict(
        labels=("complaint",),
        unsure=("question",),
        scores=(("complaint", 0.914), ("question", 0.41)),
        reasons=(("complaint", "rusak parah"), ("complaint", "diperbaiki")),
        model="default",
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of Verdict's own fields


def case(**to: object) -> Case:
    made = Case(
        id=CaseId(12),
        version=3,
        status=CaseStatus.NEW,
        verdict=verdict(),
        priority=Priority(Urgency.NORMAL, ("label:complaint",)),
        opened_at=NINE,
        updated_at=NINE,
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of Case's own fields


def view(now: datetime = NINE, **to: object) -> CaseView:
    made = CaseView(
        case=case(),
        comment=kept(),
        earlier=(),
        edited=False,
        draft=None,
        open_slot=None,
        can_send_now=False,
        templates=(),
        playbooks=(),
        names=NAMES,
        now=now,
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of CaseView's own fields


def draft(**to: object) -> Draft:
    made = Draft(
        id=DraftId(7),
        case_id=CaseId(12),
        comment_id=CommentId(1),
        revision=0,
        version=2,
        state=DraftState.WRITING,
        text="Halo Kak Ratna, terima kasih. Laporan Jalan Mawar kami teruskan ke dinas terkait.",
        authors=(SARI,),
        created_at=after(2),
        template_id="jalan/diterima",
        template_version=1,
        template_text="Halo Kak Ratna, terima kasih. Laporan … kami teruskan ke dinas terkait.",
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of Draft's own fields


def template(title: str = "Laporan jalan diterima", *slots: Slot) -> Template:
    return Template(
        id="jalan/diterima",
        topic="jalan",
        title=title,
        labels=("complaint",),
        topics=("jalan-rusak",),
        keywords=(),
        text="Halo Kak, laporan {ruas} kami teruskan.",
        slots=slots,
        owner="role:koordinator",
        source="https://www.lapor.go.id",
        version=1,
        valid_until=date(2027, 12, 31),
        state=TemplateState.PROPOSED,
        sha256="ab" * 32,
    )


def choice(title: str, short: str, reason: str, *, ok: bool = True) -> TemplateChoice:
    fitness = Fitness.APPROVED if ok else Fitness.EXPIRED
    return TemplateChoice(short, Suggestion(template(title), 5, reason, Usability(fitness, "")))


def replying(**to: object) -> CaseView:
    """The reply panel with three suggestions, one of them expired."""
    return view(
        after(3),
        case=case(status=CaseStatus.ASSIGNED, assignee=SARI, panel=Panel.REPLY, version=4),
        templates=(
            choice("Laporan jalan diterima", "aa00bb11", "Cocok: topik jalan rusak, keluhan."),
            choice("Jadwal perbaikan", "cc22dd33", "Cocok: keluhan, kata “diperbaiki”."),
            choice(
                "Perbaikan 2025",
                "ee44ff55",
                "Cocok: topik jalan rusak. Masanya habis.",
                ok=False,
            ),
        ),
        **to,
    )


def writing(now: datetime = NINE, **to: object) -> CaseView:
    busy = case(status=CaseStatus.ASSIGNED, assignee=SARI, panel=Panel.WRITING, version=5)
    return replace(view(now, case=busy, draft=draft()), **to)  # type: ignore[arg-type]  # CaseView's own fields


ESCALATING = view(
    case=case(panel=Panel.ESCALATE),
    playbooks=(
        PlaybookChoice("11aa22bb", "Hoaks viral"),
        PlaybookChoice("33cc44dd", "Keselamatan jiwa"),
    ),
)


def deciding(**to: object) -> DraftView:
    made = DraftView(
        draft=draft(state=DraftState.WAITING, submitted_at=after(4), expires_at=after(34)),
        case=case(status=CaseStatus.DRAFTED, assignee=SARI),
        comment=kept(),
        changes=(),
        source="https://www.lapor.go.id",
        template_title="Laporan jalan diterima",
        hints=(),
        names=NAMES,
        now=after(5),
        alone=False,
    )
    return replace(made, **to)  # type: ignore[arg-type]  # names of DraftView's own fields


def plain(drawn: Drawn) -> str:
    """The message as it reads on the phone, its buttons below."""
    text, _ = parse_html(drawn.text)
    rows = ["[" + "] [".join(button.text for button in row) + "]" for row in drawn.keyboard]
    return "\n".join([text, *rows]).replace("\u2060", "")
