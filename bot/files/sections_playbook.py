"""The shape of a playbook file. What is not in it yet is refused with a sentence of its own."""

from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.incident import Severity
from bot.domain.playbook import (
    DaytimePaging,
    OnRepeat,
    Via,
)
from bot.domain.trigger import GroupBy, parse_group_by
from bot.files.fault import did_you_mean, quote
from bot.files.fields import Duration, Flag, Share, ShortText, Slug, Text, Whole, one_or_more, refuse, written
from bot.files.references import TargetName, TargetOrAcker, TargetRef, TopicRef
from bot.files.section import Section
from classifiers.labels import Label

_MESSAGE = 3500
"""Characters of a message to people: below Telegram's 4096, since the card around it needs room."""


def _group_by(raw: object) -> GroupBy:
    text = written(raw)
    try:
        return parse_group_by(text)
    except ValueError:
        raise refuse(f"Pengelompokan {quote(text)} tidak dikenal.", did_you_mean(text, GroupBy)) from None


_ONE_OR_MORE = BeforeValidator(one_or_more, json_schema_input_type=TargetOrAcker | list[TargetOrAcker])
_LongText = Annotated[Text, Field(max_length=_MESSAGE)]
_GroupBy = Annotated[GroupBy, BeforeValidator(_group_by), WithJsonSchema({"type": "string"})]


class CommentRow(Section):
    label: Label | None = Field(default=None, description="Kode label yang harus ada.")
    topics: tuple[TopicRef, ...] = Field(default=(), description="Salah satu topik ini harus tersentuh.")
    min_confidence: Share | None = Field(default=None, description="Skor terendah label itu (0 sampai 1).")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.label is None and not self.topics:
            raise refuse("Pemicu comment perlu label atau topics.")
        if self.min_confidence is not None and self.label is None:
            raise refuse("min_confidence perlu label.", at=("min_confidence",))
        return self


class BurstRow(Section):
    label: Label = Field(description="Kode label yang dihitung.")
    topics: tuple[TopicRef, ...] = Field(default=(), description="Bila diisi, hanya topik ini yang dihitung.")
    group_by: _GroupBy = Field(
        default=GroupBy.CLAIM, description="Apa yang dihitung sebagai satu: claim, topic."
    )
    count: Annotated[Whole, Field(ge=2, le=10_000)] = Field(description="Banyaknya komentar.")
    within: Duration = Field(description="Dalam waktu berapa lama.")


class OnRow(Section):
    comment: CommentRow | None = Field(default=None, description="Satu komentar sudah cukup.")
    burst: BurstRow | None = Field(default=None, description="Banyak komentar dalam waktu singkat.")
    manual: tuple[TargetName, ...] = Field(default=(), description="Siapa yang boleh membuka sendiri.")

    @model_validator(mode="after")
    def _has_a_trigger(self) -> Self:
        if self.comment is None and self.burst is None and not self.manual:
            raise refuse("Playbook ini tidak punya pemicu.", "Isi comment, burst, atau manual.")
        return self


class ConcurrencyRow(Section):
    group: _GroupBy = Field(default=GroupBy.CLAIM, description="`${{ claim.id }}` atau `${{ case.id }}`.")
    on_repeat: OnRepeat = Field(default=OnRepeat.MERGE, description="merge (tambah bukti) atau ignore.")


class LevelRow(Section):
    page: Annotated[tuple[TargetRef, ...], Field(min_length=1, max_length=10), _ONE_OR_MORE] = Field(
        description="Siapa yang dipanggil bersama-sama."
    )
    ack_within: Duration = Field(description="Berapa lama menunggu jawaban sebelum naik.")
    via: tuple[Via, ...] = Field(
        default=(),
        description="Lewat apa, berurutan: telegram, sms, voice, email, ntfy, webhook; kosong: pages.order.",
    )


class EscalateRow(Section):
    levels: tuple[LevelRow, ...] = Field(
        min_length=1, max_length=10, description="Tangga panggilan, dari bawah."
    )
    repeat: Annotated[Whole, Field(ge=0, le=10)] = Field(default=0, description="Berapa kali tangga diulang.")
    exhausted: Annotated[tuple[TargetRef, ...], Field(min_length=1), _ONE_OR_MORE] = Field(
        description="Siapa yang diberi tahu bila tak seorang pun menjawab."
    )
    ack_lease: Duration = Field(
        default=timedelta(minutes=30), description="Berapa lama jawaban berlaku tanpa kegiatan."
    )
    working_hours: DaytimePaging = Field(default=DaytimePaging.SAME, description="same atau lighter.")


class NotifyWith(Section):
    text: _LongText = Field(description="Pesan kepada tim.")


class ItemRow(Section):
    id: Slug = Field(description="Nama pendek butir.")
    text: Annotated[Text, Field(max_length=300)] = Field(description="Yang harus dikerjakan.")
    due: Duration | None = Field(default=None, description="Batas waktu sejak langkah dimulai.")
    optional: Flag = Field(default=False, description="true: boleh dilewati.")


class ChecklistWith(Section):
    items: tuple[ItemRow, ...] = Field(min_length=1, max_length=20, description="Butir daftar periksa.")


class StepRow(Section):
    not_yet: ClassVar[frozenset[str]] = frozenset(
        {"if", "on_timeout", "on_reject", "on_return", "on_failure", "remind_every", "approvals"}
    )
    id: Slug = Field(description="Nama pendek langkah.")
    name: ShortText = Field(description="Nama yang tampil.")
    needs: tuple[Slug, ...] = Field(default=(), description="Langkah yang harus selesai lebih dulu.")
    timeout: Duration | None = Field(default=None, description="Lewat waktu ini langkah dinyatakan lewat.")
    basis: Slug | None = Field(default=None, description="Kunci rujukan di basis.")


class NotifyRow(StepRow):
    uses: Literal["notify"] = Field(description="Memberi tahu orang.")
    to: Annotated[tuple[TargetOrAcker, ...], Field(min_length=1), _ONE_OR_MORE] = Field(
        description="Kepada siapa."
    )
    said: NotifyWith = Field(alias="with", description="Isi pesan.")


class ChecklistRow(StepRow):
    uses: Literal["checklist"] = Field(description="Daftar periksa.")
    listed: ChecklistWith = Field(alias="with", description="Isi daftar.")


class ResolveRow(Section):
    not_yet: ClassVar[frozenset[str]] = frozenset({"when"})
    confirm_by: TargetRef = Field(description="Siapa yang boleh menutup.")
    reopen_within: Duration = Field(
        default=timedelta(hours=24), description="Pemicu dalam waktu ini membuka lagi."
    )


class PlaybookFile(Section):
    not_yet: ClassVar[frozenset[str]] = frozenset({"review", "drill"})
    playbook: Literal["v1"] = Field(description="Versi format berkas ini.")
    id: Slug = Field(description="Nama unik playbook.")
    version: Annotated[Whole, Field(ge=1)] = Field(description="Naikkan setiap isi berubah.")
    name: ShortText = Field(description="Nama yang tampil di kartu.")
    summary: Annotated[Text, Field(max_length=600)] = Field(description="Kapan dipakai dan apa tujuannya.")
    severity: Severity = Field(description="rendah, sedang, tinggi, atau darurat.")
    sensitive: Flag = Field(default=False, description="true: kartu di grup tanpa nama, isi, dan tautan.")
    private_to: TargetRef | None = Field(
        default=None, description="Siapa yang melihat aslinya bila sensitive."
    )
    owner: TargetRef = Field(description="Penanggung jawab playbook.")
    review_every: Duration | None = Field(default=None, description="Ditinjau setiap berapa lama.")
    basis: dict[Slug, Text] = Field(default={}, description="Rujukan; langkah menunjuk kuncinya.")
    on: OnRow = Field(description="Pemicu.")
    concurrency: ConcurrencyRow = Field(default=ConcurrencyRow(), description="Pengelompokan insiden.")
    escalate: EscalateRow = Field(description="Tangga panggilan.")
    steps: tuple[Annotated[NotifyRow | ChecklistRow, Field(discriminator="uses")], ...] = Field(
        default=(), max_length=40, description="Langkah-langkah: notify atau checklist."
    )
    resolve: ResolveRow = Field(description="Penutupan.")
