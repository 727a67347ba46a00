"""A made-up press office: its people, its approved words, its two playbooks, its classifier."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.comment import Verdict
from bot.domain.incident import Severity
from bot.domain.people import Role
from bot.domain.playbook import After, Ladder, Level, Playbook, Reaction, Resolve, Review, Step
from bot.domain.scenario import Scenario, StagedComment
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    AnswerKind,
    Approve,
    Ask,
    Checklist,
    Compose,
    Field,
    Freeze,
    Item,
    Publish,
    Scope,
)
from bot.domain.target import ACKER, parse_target
from bot.domain.template import Slot, SlotKind, Template, TemplateState, fingerprint
from bot.domain.trigger import CommentTrigger, Triggers
from classifiers.labels import Label

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 09.00 WIB."""
TEAM: dict[str, tuple[str, Role]] = {
    "ani": ("Ani", Role.ADMIN),
    "kori": ("Kori", Role.KOORDINATOR),
    "koko": ("Koko", Role.KOORDINATOR),
    "pita": ("Pita", Role.PIKET),
    "pipin": ("Pipin", Role.PIKET),
    "nara": ("Nara", Role.NARAHUBUNG),
    "pima": ("Pima", Role.PIMPINAN),
    "pena": ("Pena", Role.PENGELOLA),
}
"""Everybody by id. Of the two on the rota, Pita is on her shift and Pipin is not."""


def _template(name: str, title: str, text: str, *slots: Slot) -> Template:
    made = Template(
        id=f"jalan/{name}",
        topic="jalan",
        title=title,
        labels=("complaint", "question"),
        topics=(),
        keywords=(),
        text=text,
        slots=slots,
        owner="role:koordinator",
        source="https://www.lapor.go.id",
        version=1,
        valid_until=date(2027, 12, 31),
        state=TemplateState.PROPOSED,
    )
    return replace(made, sha256=fingerprint(made))


def _announcement(name: str, title: str, text: str, *slots: Slot) -> Template:
    made = replace(
        _template(name, title, text, *slots), id=f"bencana/{name}", topic="bencana", labels=("hoax",)
    )
    return replace(made, sha256=fingerprint(made))


APPROVED = 4
TEMPLATES = (
    _template(
        "diterima",
        "Laporan diterima",
        "Halo Kak {nama}, terima kasih. Laporannya {langkah}.",
        Slot("nama", SlotKind.NAME),
        Slot(
            "langkah",
            SlotKind.CHOICE,
            "Apa langkahnya?",
            (("survei", "akan disurvei"), ("antre", "sudah antre")),
        ),
    ),
    _template(
        "ruas",
        "Tanya ruas",
        "Halo Kak, ruas {ruas} kami cek.",
        Slot("ruas", SlotKind.TEXT, "Ruas mana?", max=80),
    ),
    _announcement(
        "sikap",
        "Sikap awal",
        "Kami tahu Anda cemas. {fakta}. Info resmi: {sumber}",
        Slot("fakta", SlotKind.TEXT, "Apa faktanya?", max=300),
        Slot("sumber", SlotKind.LINK, "Tautan sumbernya?"),
    ),
    _announcement("balasan", "Balasan singkat", "Halo Kak, kabar itu tidak benar. Info resmi ada di kanal."),
    _template("jadwal", "Jadwal baru", "Halo Kak, jadwalnya menyusul."),
)
"""The first four are approved, the last is only proposed."""
HOAX = Playbook(
    id="hoaks-viral",
    version=1,
    name="Hoaks viral",
    summary="",
    severity=Severity.HIGH,
    owner=parse_target("role:koordinator"),
    triggers=Triggers(
        comment=CommentTrigger(label=Label.HOAX),
        manual=tuple(parse_target(f"role:{role}") for role in ("admin", "koordinator", "piket")),
    ),
    ladder=Ladder(
        (
            Level((parse_target("oncall:medsos"),), timedelta(minutes=5)),
            Level((parse_target("role:koordinator"),), timedelta(minutes=5)),
        ),
        (parse_target("group:pimpinan"),),
    ),
    resolve=Resolve(parse_target("role:koordinator")),
    sha256="ab" * 32,
    source_text="frozen",
    review=Review(timedelta(days=3), ACKER, ("apa_yang_berhasil", "berapa_lama_menunggu_data")),
    steps=(Step("bukti", "Amankan bukti", Checklist((Item("layar", "Simpan tangkapan layar"),))),),
)
LIFE = replace(
    HOAX,
    id="keselamatan-jiwa",
    name="Keselamatan jiwa",
    severity=Severity.URGENT,
    triggers=Triggers(comment=CommentTrigger(topics=("bunuh-diri",))),
    sha256="cd" * 32,
    sensitive=True,
    private_to=parse_target("group:pendamping"),
)
SCENARIO = Scenario(
    "latihan-kabar", "kabar-bencana", "Kabar gempa susulan", "Semua rekaan.", timedelta(hours=1), "manual",
    comments=(StagedComment(timedelta(minutes=1), "Laras", "Benarkah ada gempa?"),),
)  # fmt: skip
COURSE = replace(
    HOAX,
    id="kabar-bencana",
    name="Kabar bencana",
    triggers=Triggers(manual=(parse_target("role:admin"), parse_target("role:koordinator"))),
    sha256="ef" * 32,
    review=None,
    basis={"kip": "UU 14/2008; periksa dengan bagian hukum"},
    steps=(
        Step("tahan", "Tahan unggahan terjadwal", Freeze(Scope.SCHEDULED_POSTS)),
        Step(
            "nilai",
            "Cek ke sumber resmi",
            Ask(
                "Apa kata sumber resmi?",
                (("salah", "Salah"), ("benar", "Ternyata benar")),
                (
                    Field("sumber", AnswerKind.URL, "Tautan sumber resminya?", allow=("lapor.go.id",)),
                    Field("fakta", AnswerKind.TEXT, "Apa faktanya?", max=200),
                ),
            ),
            to=(ACKER,),
            timeout=timedelta(minutes=10),
            reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
            basis="kip",
        ),
        Step(
            "sikap",
            "Pernyataan awal",
            Compose("bencana/sikap", {"fakta": "steps.nilai.fakta", "sumber": "steps.nilai.sumber"}),
            ("nilai",),
        ),
        Step(
            "setujui",
            "Setujui klarifikasi",
            Approve(2, 1),
            ("sikap",),
            to=(parse_target("role:koordinator"),),
            timeout=timedelta(minutes=10),
            remind_every=timedelta(minutes=4),
            reactions={
                StepState.EXPIRED: Reaction(After.ESCALATE),
                StepState.RETURNED: Reaction(After.GOTO, "sikap"),
            },
        ),
        Step(
            "tayang",
            "Tayangkan klarifikasi",
            Publish(("telegram-channel", "instagram"), pin=True),
            ("setujui",),
        ),
        Step("balas", "Balas warga", Answer("bencana/balasan"), ("tayang",)),
    ),
)


class Reads:
    """The classifier of a quiet town: a word in the comment decides."""

    async def read(self, text: str) -> Verdict:
        label = "hoax" if "katanya" in text else "emergency" if "banjir" in text else "complaint"
        label = "spam" if "slot gacor" in text else label
        topics = ("bunuh-diri",) if "pergi selamanya" in text else ()
        return Verdict((label,), (), ((label, 0.91),), ((label, text[:20]),), topics, "fake")
