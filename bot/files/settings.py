"""config.yaml as one frozen object, in the words of the domain."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from bot.domain.calendar import WorkingHours
from bot.domain.contact import Contact
from bot.domain.limit import Length
from bot.domain.people import Person, PersonId, Role, Withdrawn, Zone
from bot.domain.playbook import Via
from bot.domain.quiet import QuietHours
from bot.domain.rota import Rotation
from bot.files.fields import Flag, Limit, Slug
from bot.files.known import SHIPPED
from bot.files.national import national_days
from bot.files.references import NeutralPath, PersonRef, PlaybookPath, TemplatePath, TopicPath
from bot.files.section import Section
from bot.files.sections import (
    AgencyRow,
    ApprovalRow,
    BoardRow,
    ChatsRow,
    ClaimsRow,
    ClassifierRow,
    DatabaseRow,
    GuardRow,
    IntakeRow,
    LinksRow,
    LockRow,
    RetentionRow,
    StyleRow,
    TelegramRow,
    WebRow,
)
from bot.files.sections_calendar import HolidayRow, WorkingHoursRow, named_days, seasons, week
from bot.files.sections_events import EventsRow
from bot.files.sections_moderation import ModerationRow
from bot.files.sections_pages import PLACE, PagesRow, WatchdogRow
from bot.files.sections_people import PersonRow, RoleRow, UnitRow
from bot.files.sections_rota import RotaRow
from classifiers.labels import Label

_OFFICE_HOURS = WorkingHoursRow.model_validate({"days": {"sen-jum": "07:30-16:00"}})


def _or_file(schema: dict[str, Any]) -> None:
    """Let editors accept a file name where the loader does."""
    items = schema.pop("items")
    schema.pop("type")
    schema["anyOf"] = [{"type": "array", "items": items}, {"type": "string"}]


class Settings(Section):
    """Everything the agency decides. Paths are absolute, references checked, secrets hidden from repr."""

    agency: AgencyRow = Field(description="Instansi.")
    telegram: TelegramRow = Field(description="Sambungan ke Telegram.")
    database: DatabaseRow = Field(default={}, validate_default=True, description="Tempat data disimpan.")
    chats: ChatsRow = Field(description="Obrolan tim dan kanal publik.")
    people: tuple[PersonRow, ...] = Field(
        min_length=1,
        description="Anggota tim; semuanya juga anggota grup tim, termasuk pendamping dan pimpinan.",
    )
    roles: dict[Role, RoleRow] = Field(default={}, description="Hak yang dicabut per peran (boleh kosong).")
    groups: dict[Slug, Annotated[tuple[PersonRef, ...], Field(min_length=1)]] = Field(
        default={}, description="Kelompok orang, dirujuk sebagai `group:…` di playbook."
    )
    units: tuple[UnitRow, ...] = Field(default=(), description="Unit yang dimintai data atau ditugasi kasus.")
    rota: dict[Slug, RotaRow] = Field(default={}, description="Jadwal piket, dirujuk sebagai `oncall:…`.")
    working_hours: WorkingHoursRow | None = Field(
        default=None, description="Jam kerja kantor; bila kosong, Senin-Jumat 07:30-16:00."
    )
    national_holidays: Flag = Field(
        default=True,
        description="Pakai kalender bawaan: libur nasional dan cuti bersama menurut SKB, 2026 dan 2027.",
    )
    holidays: tuple[HolidayRow, ...] = Field(
        default=(),
        description="Hari libur sendiri atau koreksi SKB: daftar di sini, atau nama berkas `holidays: v1`.",
        json_schema_extra=_or_file,
    )
    classifier: ClassifierRow = Field(default=ClassifierRow(), description="Pemberi label komentar.")
    playbooks: tuple[PlaybookPath, ...] = Field(
        default=(SHIPPED,),
        validate_default=True,
        description="Berkas atau folder playbook; `bawaan` untuk yang disertakan.",
    )
    templates: tuple[TemplatePath, ...] = Field(
        default=(SHIPPED,),
        validate_default=True,
        description="Berkas atau folder templat balasan; `bawaan` untuk yang disertakan.",
    )
    topics: TopicPath = Field(
        default=SHIPPED,
        validate_default=True,
        description="Berkas daftar topik; `bawaan` untuk yang disertakan.",
    )
    neutral_words: NeutralPath = Field(
        default=SHIPPED,
        validate_default=True,
        description="Daftar kata yang memihak saat konflik, dengan gantinya; `bawaan` untuk yang disertakan.",
    )
    retention: RetentionRow = Field(default=RetentionRow(), description="Berapa lama data disimpan.")
    sla: dict[Label, Limit] = Field(
        default={},
        description=(
            "Target waktu jawaban pertama per label, dalam jam kerja (`4h`) atau hari kerja (`3wd`); "
            "darurat: jam biasa; "
            "sisanya memakai bawaan. Tim diingatkan sebelum dan saat target lewat."
        ),
    )
    approval: ApprovalRow = Field(default=ApprovalRow(), description="Persetujuan balasan.")
    intake: IntakeRow = Field(default=IntakeRow(), description="Penerimaan komentar.")
    board: BoardRow = Field(default=BoardRow(), description="Papan tim dan jumlah kartu di grup tim.")
    claims: ClaimsRow = Field(default=ClaimsRow(), description="Daftar klaim yang beredar.")
    guard: GuardRow = Field(default=GuardRow(), description="Penjaga data pribadi.")
    style: StyleRow = Field(default=StyleRow(), description="Gaya rumah balasan; hanya menjadi saran.")
    links: LinksRow = Field(default=LinksRow(), description="Tautan dalam balasan.")
    lock: LockRow = Field(default=LockRow(), description="Membuka /kunci.")
    moderation: ModerationRow = Field(
        default=ModerationRow(), description="Penertiban komentar: aturan diskusi dan masa ujinya."
    )
    web: WebRow = Field(default=WebRow(), description="Halaman kesehatan untuk pengelola mesin.")
    pages: PagesRow = Field(default=PagesRow(), description="Jalan lain untuk panggilan bila Telegram gagal.")
    watchdog: WatchdogRow = Field(default=WatchdogRow(), description="Siapa yang tahu bila bot ini berhenti.")
    events: EventsRow = Field(
        default=EventsRow(), description="Sistem lain yang mengirim kabar bertanda tangan."
    )

    @cached_property
    def persons(self) -> Mapping[PersonId, Person]:
        """Everybody of the team by id, in file order."""
        return {PersonId(row.id): self._person(row) for row in self.people}

    @cached_property
    def withdrawn(self) -> Withdrawn:
        """Rights that the configuration takes from roles, as `may` wants them."""
        return {role: frozenset(row.without) for role, row in self.roles.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[PersonId, ...]]:
        """The people of every group, in file order."""
        return {name: tuple(map(PersonId, people)) for name, people in self.groups.items()}

    @cached_property
    def liaisons(self) -> Mapping[str, tuple[PersonId, ...]]:
        """The people of every unit."""
        return {unit.id: tuple(map(PersonId, unit.people)) for unit in self.units}

    @cached_property
    def rotations(self) -> Mapping[str, Rotation]:
        """Every rota by name."""
        return {name: row.rotation(name, self.agency.zone) for name, row in self.rota.items()}

    @cached_property
    def days_off(self) -> Mapping[date, str]:
        """Every day on which the office stays shut, by its name."""
        return named_days(self._calendar)

    @cached_property
    def hours(self) -> WorkingHours:
        """When the office works."""
        row = self.working_hours or _OFFICE_HOURS
        others = seasons(row, self._calendar)
        return WorkingHours(row.zone or self.agency.zone, week(row.days), frozenset(self.days_off), others)

    @property
    def _calendar(self) -> tuple[HolidayRow, ...]:
        """What is shipped, then what the agency wrote: of two lines about one day the later holds."""
        return (*(national_days() if self.national_holidays else ()), *self.holidays)

    @cached_property
    def gateways(self) -> Mapping[Via, str]:
        """The addresses of the gateways that are set up, in the agency's order."""
        held = {kind: getattr(self.pages.gateways, kind.value) for kind in self.pages.order}
        return {Via(kind): secret.get_secret_value() for kind, secret in held.items() if secret is not None}

    @property
    def secrets(self) -> list[str]:
        """Everything that no log line may hold; of a gateway what stands before the place for whom."""
        beat = self.watchdog.heartbeat_url
        outside = [] if beat is None else [beat.get_secret_value()]
        gateways = [address.partition(PLACE)[0] for address in self.gateways.values()]
        return [self.telegram.token.get_secret_value(), *gateways, *outside, *self.events.secrets.values()]

    @cached_property
    def other_ways(self) -> Mapping[PersonId, Mapping[Via, str]]:
        """How each person is called where Telegram fails: by what both they and we have."""
        own = {person.id: {Via(c.kind): c.value for c in person.contacts} for person in self.persons.values()}
        return {
            person: {via: contacts[via] for via in self.gateways if via in contacts}
            for person, contacts in own.items()
        }

    @property
    def database_file(self) -> Path:
        """The SQLite file; its folder may not exist yet."""
        return Path(self.database.url.removeprefix("sqlite:"))

    @property
    def first_answer(self) -> Mapping[Label, Length]:
        """The first-answer targets: the agency's own, and the usual ones where it says nothing."""
        return {**FIRST_ANSWER, **self.sla}

    def _person(self, row: PersonRow) -> Person:
        contacts = tuple(Contact(kind, value) for kind, value in row.contacts.given().items())
        zone: Zone = row.zone or self.agency.zone
        quiet = None if row.quiet_hours is None else QuietHours(*row.quiet_hours)
        return Person(PersonId(row.id), row.name, frozenset(row.roles), zone, contacts, quiet)


FIRST_ANSWER: Mapping[Label, timedelta] = {
    Label.EMERGENCY: timedelta(minutes=15),
    Label.HOAX: timedelta(hours=1),
    Label.HATE: timedelta(hours=2),
    Label.QUESTION: timedelta(hours=4),
    Label.COMPLAINT: timedelta(hours=8),
}
"""First-answer targets where the configuration says nothing."""
