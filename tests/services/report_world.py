"""A run as it stands in the store after a long day, told by hand: forms, words, votes, posts, clocks."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from agency import Agency
from fakes import comment

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseId
from bot.domain.incident import Incident, Outcome, Paging, Phase, RunId, Severity
from bot.domain.people import PersonId, Zone
from bot.domain.playbook import Clock, Ladder, Level, Playbook, Resolve, Step
from bot.domain.run_effects import Announce, Decision
from bot.domain.run_types import RunState, What, prepare
from bot.domain.step_run import CHOICE, Letter, Post, PostState, StepRun, Tick, Verdict, Vote
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    Approve,
    Ask,
    Checklist,
    Compose,
    Field,
    Item,
    Notify,
    Publish,
    Request,
)
from bot.domain.target import parse_target
from bot.domain.trigger import Triggers
from bot.services import said
from bot.services.afterwards import Afterwards, afterwards_of
from bot.services.evidence import text_sha
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.run_book import RunBook
from bot.services.run_words import RunWords
from bot.services.views_report import Letterhead

SARI, BUDI, RATNA, DEWI, WAWAN = (PersonId(name) for name in ("sari", "budi", "ratna", "dewi", "wawan"))
HEADS = parse_target("role:koordinator")
TRUTH = "Gempa tidak berpotensi tsunami. Ikuti bmkg.go.id."
REPLY = "Terima kasih sudah bertanya. Tidak ada potensi tsunami."

PLAYBOOK = Playbook(
    id="hoaks-bencana",
    version=4,
    name="Hoaks saat bencana",
    summary="",
    severity=Severity.URGENT,
    owner=HEADS,
    triggers=Triggers(),
    ladder=Ladder((Level((HEADS,), timedelta(minutes=5)),), (parse_target("role:pimpinan"),)),
    resolve=Resolve(HEADS),
    sha256="ab" * 32,
    source_text="hoaks-bencana",
    steps=(
        Step("kabari", "Kabari", Notify("Mohon bersiap."), to=(HEADS,)),
        Step(
            "verifikasi",
            "Cek ke sumber resmi",
            Ask(
                "Apa kata sumber resmi?",
                (("salah", "Salah"), ("benar", "Ternyata benar")),
                (Field("fakta", ask="Faktanya"), Field("sumber_resmi")),
            ),
            basis="bencana",
        ),
        Step("data", "Minta data ke BPBD", Request((Field("titik", ask="Titik pengungsian"),))),
        Step("naskah", "Tulis klarifikasi", Compose("bencana/sikap-awal"), needs=("verifikasi", "data")),
        Step("setujui", "Setujui", Approve(2), needs=("naskah",)),
        Step("tayang", "Tayangkan", Publish(("telegram-channel", "instagram")), needs=("setujui",)),
        Step("balas", "Balas", Answer("bencana/balasan"), needs=("tayang",)),
        Step("tugas", "Daftar periksa", Checklist((Item("radio", "Kabari radio"), Item("rt", "Kabari RT"))),
             needs=("tayang",)),
    ),
    basis={"bencana": "PP 21/2008 Ps 19", "kip": "UU 14/2008 Ps 10"},
    clocks=(
        Clock("serta-merta", "Informasi serta-merta", timedelta(minutes=30)),
        Clock("bssn", "Laporan ke BSSN", timedelta(hours=24)),
    ),
)  # fmt: skip


class ReportWorld:
    """Runs are written as a reducer would leave them; reports are read by the real services."""

    def __init__(
        self, agency: Agency, playbook: Playbook = PLAYBOOK, *, channels: frozenset[str] = frozenset()
    ) -> None:
        self.agency, self.playbook = agency, playbook
        self.start = agency.clock.now()
        hours = WorkingHours(Zone.WIB, dict.fromkeys(list(Weekday)[:5], (time(8), time(16))))
        oncall = OnCall(agency.database, agency.directory, {}, hours)
        words = RunWords(agency.templates, agency.policy)
        self.book = RunBook(
            agency.database,
            oncall,
            [playbook],
            lambda _: playbook,
            words,
            clock=agency.clock,
            channels=channels,
        )
        self.incidents = Incidents(agency.database, agency.team, agency.directory, self.book, agency.clock)
        self.after: Afterwards = afterwards_of(
            agency.database, self.incidents, agency.team, agency.clock,
            Letterhead("Kota Contoh", Zone.WIB), frozenset({"112233445566"}),
        )  # fmt: skip

    def minute(self, count: float) -> datetime:
        return self.start + timedelta(minutes=count)

    async def run(self, *, drill: bool = False, number: int = 1, **state: object) -> RunId:
        """A new run, opened now by Sari."""
        async with self.agency.database.transaction() as tx:
            kind = "drill" if drill else "real"
            run = await tx.runs.begin(self.playbook, kind, f"grup/{number}", self.start)
            incident = Incident(run, f"grup/{number}", self.start, "manual case=-", SARI, drill)
            facts = {"epoch": 1, "paging": Paging.ACKED, "owner": BUDI, **state}
            await tx.runs.save(replace(prepare(incident, self.playbook), **facts))  # type: ignore[arg-type]
        await self.told(run, 0, What.OPENED, by=SARI, severity=self.playbook.severity)
        return run

    async def lived(self, *, drill: bool = False) -> RunId:
        """The whole day of the playbook above."""
        steps = {one.step: one for one in self.steps()}
        ordered = tuple(steps.get(step.id, StepRun(step.id)) for step in self.playbook.steps)
        run = await self.run(
            drill=drill, steps=ordered, phase=Phase.RESOLVED, outcome=Outcome.HANDLED,
            resolved_at=self.minute(90),
        )  # fmt: skip
        await self.told(run, 3, What.ACKED, person=BUDI, seconds=180)
        await self.told(run, 9, What.ANSWERED, step="verifikasi", person=BUDI, choice="salah")
        await self.told(run, 12, What.ANSWERED, step="data", person=WAWAN)
        await self.told(run, 18, What.APPROVED, step="setujui", person=DEWI, count=2, needed=2)
        await self.told(
            run, 20, What.PUBLISHED, step="tayang", channel="telegram-channel", link="https://t.me/kota/7"
        )
        await self.told(run, 26, What.PUBLISHED, step="tayang", channel="instagram", person=SARI)
        await self.told(run, 33, What.REPLIED, step="balas", count=3)
        await self.told(run, 28, What.CLOCK_MET, clock="serta-merta")
        await self.told(run, 90, What.RESOLVED, person=RATNA, reason="Tenang. Hubungi 081234567890.")
        return run

    def steps(self) -> tuple[StepRun, ...]:
        letter = Letter(TRUTH, "bencana/sikap-awal", 2, (SARI, BUDI), version=2)
        reply = Letter(REPLY, "bencana/balasan", 1, (SARI,))
        votes = (
            Vote(RATNA, Verdict.RETURN, self.minute(14), "naskah:1", "Perjelas."),
            Vote(RATNA, Verdict.APPROVE, self.minute(16), "naskah:2,balas:1"),
            Vote(DEWI, Verdict.APPROVE, self.minute(18), "naskah:2,balas:1"),
        )
        posts = (
            Post("telegram-channel", PostState.SENT, self.minute(20), "https://t.me/kota/7"),
            Post("instagram", PostState.SENT, self.minute(26), "https://instagram.com/p/x", SARI),
            Post("facebook", PostState.FAILED, self.minute(27)),
        )
        replies = tuple(Post(str(n), PostState.SENT, self.minute(30 + n)) for n in (1, 2, 3))
        answers = ((CHOICE, "salah"), ("fakta", "Pusat gempa di darat. Telepon 081234567890"))
        ticks = (Tick("radio", BUDI, self.minute(40)),)
        done = StepState.DONE
        return (
            StepRun("verifikasi", state=done, by=BUDI, answers=answers),
            StepRun("data", state=done, by=WAWAN, answers=(("titik", "Balai desa"),)),
            StepRun("naskah", state=done, letter=letter),
            StepRun("setujui", state=done, votes=votes),
            StepRun("tayang", state=done, letter=letter, posts=posts),
            StepRun("balas", state=done, letter=reply, posts=replies),
            StepRun("tugas", state=StepState.WAITING, ticks=ticks),
        )

    async def told(self, run: RunId, minute: float, what: What, **params: object) -> None:
        """A line of the story."""
        async with self.agency.database.transaction() as tx:
            kept = {name: str(value) for name, value in params.items()}
            await tx.runs.tell(run, what, kept, self.minute(minute))
            state = self.incidents.read(await tx.runs.get(run))
            await said.keep(tx, Decision(state, (Announce(what, tuple(kept.items())),)), self.minute(minute))

    async def evidence(self, run: RunId, *texts: str, **more: object) -> list[int]:
        """Comments, a minute apart, that belong to the run; their cases."""
        cases = []
        for number, text in enumerate(texts):
            at = self.minute(number)
            case = await self.agency.receive(comment(text, at=at, **{"author": f"tg:{number}", **more}))
            kept = (await self.agency.comments(case))[-1]
            async with self.agency.database.transaction() as tx:
                await tx.runs.add_evidence(run, kept.id, text_sha(text), at)
            cases.append(case)
        return cases

    async def hide(self, case: int) -> None:
        """Only named people read this case from here on."""
        async with self.agency.database.transaction() as tx:
            found = await tx.cases.get(CaseId(case))
            assert found is not None
            await tx.cases.save(replace(found, sensitive=True))

    async def state(self, run: RunId) -> RunState:
        return await self.incidents.state(run)
