"""Rows of the steps that make words for the public: draft, approve, publish, reply."""

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.steps import Answer, Approve, Compose, Matter, Publish
from bot.domain.target import Target
from bot.files.conditions import ConditionText
from bot.files.fault import quote
from bot.files.fields import Flag, ShortText, Whole, one_or_more, refuse, written
from bot.files.references import ChannelRef, TemplateRef
from bot.files.section import Section
from bot.files.section_step import AnyReaction, NeverOn, Returned, StepRow, TimedRow, To
from bot.files.sections_form import FIELD as SLOT_NAME

SOURCE = r"steps\.[a-z0-9]+(-[a-z0-9]+)*\.[a-z][a-z0-9_]*|event\.[a-z][a-z0-9_-]*|agency\.(name|short)"


def _source(raw: object) -> str:
    """Where a slot's value comes from: `steps.ID.FIELD`, `event.FIELD`, `agency.name`, `agency.short`."""
    text = written(raw)
    if not re.fullmatch(SOURCE, text):
        raise refuse(
            f"Sumber isian {quote(text)} tidak terbaca.",
            "Tulis seperti steps.verifikasi.fakta atau agency.name.",
        )
    return text


_Slots = dict[
    Annotated[str, WithJsonSchema({"type": "string", "pattern": SLOT_NAME})],
    Annotated[str, BeforeValidator(_source), WithJsonSchema({"type": "string"})],
]


class DraftWith(Section):
    template: TemplateRef = Field(description="Templat yang dipakai, topik/nama-pendek.")
    slots: _Slots = Field(default={}, description="Isian templat: dari mana nilainya.")
    style: ShortText | None = Field(
        default=None, description="Gaya penulisan; tampil di kartu yang menulis dan menyetujui."
    )


class DraftRow(TimedRow):
    uses: Literal["draft"] = Field(description="Menyusun teks dari templat.")
    to: To | None = Field(default=None, description="Siapa yang boleh menyunting; kosong: yang menangani.")
    on_failure: NeverOn | None = Field(default=None, description="Bila teks tidak bisa disusun.")
    drafted: DraftWith = Field(alias="with", description="Templat dan isiannya.")

    def made(self) -> Compose:
        return Compose(self.drafted.template, self.drafted.slots, self.drafted.style or "")

    def people(self) -> tuple[Target, ...]:
        return self.to or ()


class ApproveRow(TimedRow):
    uses: Literal["approve"] = Field(description="Meminta persetujuan teks sebelum tayang.")
    to: To = Field(description="Siapa yang boleh menyetujui.")
    approvals: Annotated[Whole, Field(ge=1, le=5)] = Field(
        default=1, description="Banyaknya persetujuan untuk teks yang disunting."
    )
    approvals_if_unedited: Annotated[Whole, Field(ge=1, le=5)] | None = Field(
        default=None, description="Untuk templat pra-setuju yang tidak disunting; kosong: sama."
    )
    on_timeout: NeverOn | None = Field(
        default=None, description="Bila lewat waktu: escalate, notify, ask_human, goto. Tidak pernah lanjut."
    )
    on_return: Returned | None = Field(default=None, description="Bila dikembalikan: goto langkah.")
    on_reject: NeverOn | None = Field(default=None, description="Bila ditolak: notify, ask_human, goto.")

    @model_validator(mode="after")
    def _fewer_if_unedited(self) -> Self:
        if self.approvals_if_unedited is not None and self.approvals_if_unedited > self.approvals:
            raise refuse(
                "approvals_if_unedited tidak boleh lebih besar daripada approvals.",
                at=("approvals_if_unedited",),
            )
        return self

    def made(self) -> Approve:
        fewer = self.approvals_if_unedited
        return Approve(self.approvals, self.approvals if fewer is None else fewer)

    def people(self) -> tuple[Target, ...]:
        return self.to


class PublishWith(Section):
    to: Annotated[tuple[ChannelRef, ...], Field(min_length=1), BeforeValidator(one_or_more)] = Field(
        description="Kanal; yang tak terjangkau bot dikerjakan orang."
    )
    pin: Flag = Field(default=False, description="true: disematkan di kanal Telegram.")
    correct_when: ConditionText | None = Field(
        default=None,
        description="Syarat teks ini dihitung sebagai keterangan benar; bila belum, ini pernyataan awal.",
    )


class PublishRow(TimedRow):
    uses: Literal["publish"] = Field(description="Menayangkan teks yang sudah disetujui.")
    to: To | None = Field(default=None, description="Siapa yang menayangkan di kanal lain.")
    on_failure: AnyReaction | None = Field(default=None, description="Bila gagal tayang: ask_human.")
    sent: PublishWith = Field(alias="with", description="Kanal.")

    def made(self) -> Publish:
        return Publish(self.sent.to, self.sent.pin, self.sent.correct_when)

    def people(self) -> tuple[Target, ...]:
        return self.to or ()


class ReplyWith(Section):
    template: TemplateRef = Field(description="Templat balasan, topik/nama-pendek.")
    scope: Matter = Field(default=Matter.CLAIM, description="claim (semua bukti) atau case.")
    max_per_minute: Annotated[Whole, Field(ge=1, le=20)] = Field(
        default=6, description="Paling banyak balasan per menit."
    )
    skip: tuple[Literal["private"], ...] = Field(
        default=(), description="Yang dilewati: private (pesan pribadi)."
    )
    slots: _Slots = Field(default={}, description="Isian templat: dari mana nilainya.")


class ReplyRow(StepRow):
    uses: Literal["reply"] = Field(description="Membalas komentar dengan teks yang sudah disetujui.")
    on_failure: AnyReaction | None = Field(default=None, description="Bila balasan gagal: ask_human.")
    answered: ReplyWith = Field(alias="with", description="Templat dan cakupannya.")

    def made(self) -> Answer:
        said = self.answered
        return Answer(said.template, said.scope, said.max_per_minute, said.skip, said.slots)
