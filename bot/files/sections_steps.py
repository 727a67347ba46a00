"""Rows of the steps that stay inside the team, and the union of all thirteen kinds, told apart by `uses`."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.domain.steps import (
    MASKED,
    Ask,
    Cadence,
    Checklist,
    Freeze,
    Handoff,
    Item,
    Masked,
    Matter,
    Notify,
    Request,
    Scope,
    Snapshot,
    Wait,
)
from bot.domain.target import Target
from bot.files.conditions import ConditionText
from bot.files.fields import Duration, Flag, Slug, Text, refuse, written
from bot.files.section import Section
from bot.files.section_step import StepRow, TimedRow, To
from bot.files.sections_form import AskWith, RequestWith, made_fields
from bot.files.sections_words import ApproveRow, DraftRow, PublishRow, ReplyRow

_MESSAGE = 3500
"""Characters of a message to people: below Telegram's 4096, since the card around it needs room."""
_LongText = Annotated[Text, Field(max_length=_MESSAGE)]


_SCOPE = (
    "replies: semua yang akan dikirim bot ke publik, kecuali teks insiden ini; bot yang menahannya. "
    "scheduled_posts: unggahan terjadwal di alat lain; tim yang menahannya, lalu menandainya di kartu."
)


class FreezeWith(Section):
    scope: Scope = Field(default=Scope.SCHEDULED_POSTS, description=_SCOPE)
    until: Literal["resolved"] = Field(default="resolved", description="Sampai kapan: resolved.")


class FreezeRow(StepRow):
    uses: Literal["freeze"] = Field(description="Menahan unggahan atau balasan sampai insiden ditutup.")
    held: FreezeWith = Field(default=FreezeWith(), alias="with", description="Apa yang ditahan.")

    def made(self) -> Freeze:
        return Freeze(self.held.scope)


def _no_picture(raw: object) -> object:
    if written(raw) == "screenshot":
        hint = "Hapus dari sini; bila perlu, minta orang menyimpannya lewat langkah checklist."
        raise refuse("Bot tidak bisa membuat tangkapan layar.", hint)
    return raw


Keep = Annotated[Literal["text", "link", "sha256"], BeforeValidator(_no_picture)]


class SnapshotWith(Section):
    of: Matter = Field(default=Matter.CLAIM, description="claim (semua bukti) atau case (komentar pembuka).")
    keep: tuple[Keep, ...] = Field(
        default=("text", "link", "sha256"),
        min_length=1,
        description="Apa yang disimpan: text, link, sha256. Tangkapan layar dibuat orang, bukan bot.",
    )
    mask: tuple[Masked, ...] = Field(
        default=MASKED,
        description=(
            "Data pribadi yang ditutup di salinan yang disimpan; nomor selalu ditutup di laporan. "
            "address: alamat rumah (jalan dengan nomor, RT/RW). name: nama penulis dan @akun. "
            "Kosong: semua kecuali name."
        ),
    )


class SnapshotRow(StepRow):
    uses: Literal["snapshot"] = Field(description="Menyimpan bukti seperti adanya sekarang, dengan sidiknya.")
    kept: SnapshotWith = Field(default=SnapshotWith(), alias="with", description="Apa yang disimpan.")

    def made(self) -> Snapshot:
        return Snapshot(self.kept.of, self.kept.keep, self.kept.mask)


class AskRow(TimedRow):
    uses: Literal["ask"] = Field(description="Bertanya kepada orang dengan formulir.")
    to: To = Field(description="Kepada siapa.")
    asked: AskWith = Field(alias="with", description="Pertanyaan dan isiannya.")

    def made(self) -> Ask:
        choices = tuple(self.asked.choices.items())
        return Ask(self.asked.question, choices, made_fields(self.asked.fields))

    def people(self) -> tuple[Target, ...]:
        return self.to


class RequestRow(TimedRow):
    uses: Literal["request"] = Field(description="Meminta data kepada unit lain.")
    to: To = Field(description="Kepada siapa, biasanya unit:nama.")
    asked: RequestWith = Field(alias="with", description="Data yang diminta.")

    def made(self) -> Request:
        return Request(self.asked.made(), self.asked.question or "")

    def people(self) -> tuple[Target, ...]:
        return self.to


class ItemRow(Section):
    id: Slug = Field(description="Nama pendek butir.")
    text: Annotated[Text, Field(max_length=300)] = Field(description="Yang harus dikerjakan.")
    due: Duration | None = Field(default=None, description="Batas waktu sejak langkah dimulai.")
    optional: Flag = Field(default=False, description="true: boleh dilewati.")


class ChecklistWith(Section):
    items: tuple[ItemRow, ...] = Field(min_length=1, max_length=20, description="Butir daftar periksa.")


class ChecklistRow(TimedRow):
    uses: Literal["checklist"] = Field(description="Daftar periksa.")
    to: To | None = Field(default=None, description="Siapa yang mengerjakan; kosong: semua yang boleh.")
    listed: ChecklistWith = Field(alias="with", description="Isi daftar.")

    def made(self) -> Checklist:
        items = self.listed.items
        return Checklist(tuple(Item(i.id, i.text, i.due, i.optional) for i in items))

    def people(self) -> tuple[Target, ...]:
        return self.to or ()


class CadenceWith(Section):
    every: Duration = Field(description="Ditanyakan setiap berapa lama.")
    ask: Annotated[Text, Field(max_length=300)] = Field(description="Pertanyaannya.")
    until: Literal["resolved"] = Field(default="resolved", description="Sampai kapan: resolved.")
    overdue: Literal["escalate", "remind"] = Field(
        default="remind", description="Bila tak dijawab sampai putaran berikut: escalate atau remind."
    )


class CadenceRow(StepRow):
    uses: Literal["cadence"] = Field(description="Bertanya berkala sampai insiden ditutup.")
    to: To = Field(description="Kepada siapa.")
    asked: CadenceWith = Field(alias="with", description="Jarak dan pertanyaannya.")

    def made(self) -> Cadence:
        return Cadence(self.asked.every, self.asked.ask, self.asked.overdue == "escalate")

    def people(self) -> tuple[Target, ...]:
        return self.to


class NotifyWith(Section):
    text: _LongText = Field(description="Pesan kepada tim.")


class NotifyRow(TimedRow):
    uses: Literal["notify"] = Field(description="Memberi tahu orang.")
    to: To = Field(description="Kepada siapa.")
    said: NotifyWith = Field(alias="with", description="Isi pesan.")

    def made(self) -> Notify:
        return Notify(self.said.text)

    def people(self) -> tuple[Target, ...]:
        return self.to


class WaitWith(Section):
    lasts: Duration | None = Field(default=None, alias="for", description="Menunggu selama ini.")
    until: ConditionText | None = Field(default=None, description="Menunggu sampai syarat ini benar.")

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.lasts is None and self.until is None:
            raise refuse("Langkah wait perlu for atau until.", "Contoh: with: {for: 30m}")
        return self


class WaitRow(StepRow):
    uses: Literal["wait"] = Field(description="Menunggu waktu atau syarat.")
    until: WaitWith = Field(alias="with", description="Sampai kapan.")

    def made(self) -> Wait:
        return Wait(self.until.lasts, self.until.until)


class HandoffWith(Section):
    playbook: Slug = Field(description="ID playbook yang meneruskan.")


class HandoffRow(StepRow):
    uses: Literal["handoff"] = Field(description="Menutup yang lain dan membuka playbook lain.")
    given: HandoffWith = Field(alias="with", description="Playbook yang meneruskan.")

    def made(self) -> Handoff:
        return Handoff(self.given.playbook)


AnyStep = Annotated[
    FreezeRow
    | SnapshotRow
    | AskRow
    | RequestRow
    | DraftRow
    | ApproveRow
    | PublishRow
    | ReplyRow
    | ChecklistRow
    | CadenceRow
    | NotifyRow
    | WaitRow
    | HandoffRow,
    Field(discriminator="uses"),
]
