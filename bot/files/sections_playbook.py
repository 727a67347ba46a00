"""The shape of a playbook file. Triggers and steps have modules of their own."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.domain.incident import Severity
from bot.domain.limit import WorkingDays, on_the_wall
from bot.domain.playbook import DaytimePaging, OnRepeat, Via
from bot.domain.trigger import GroupBy
from bot.files.conditions import ConditionText
from bot.files.fields import (
    Day,
    Duration,
    Flag,
    Limit,
    Reminder,
    ShortText,
    Slug,
    Text,
    Whole,
    one_or_more,
    refuse,
    written,
)
from bot.files.nodes import Loc
from bot.files.references import TargetOrAcker, TargetRef
from bot.files.section import Section
from bot.files.section_step import ONE_OR_MORE
from bot.files.sections_steps import AnyStep
from bot.files.sections_trigger import GroupByText, OnRow


class ConcurrencyRow(Section):
    group: GroupByText = Field(
        default=GroupBy.CLAIM,
        description="Satu perkara menurut: `${{ claim.id }}`, `${{ case.id }}`, atau `topic` (topik sama).",
    )
    on_repeat: OnRepeat = Field(
        default=OnRepeat.MERGE, description="merge (tambah bukti), ignore, atau queue (sesudah ditutup)."
    )


class LevelRow(Section):
    page: Annotated[tuple[TargetRef, ...], Field(min_length=1, max_length=10), ONE_OR_MORE] = Field(
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
    exhausted: Annotated[tuple[TargetRef, ...], Field(min_length=1), ONE_OR_MORE] = Field(
        description="Siapa yang diberi tahu bila tak seorang pun menjawab."
    )
    ack_lease: Duration = Field(
        default=timedelta(minutes=30), description="Berapa lama jawaban berlaku tanpa kegiatan."
    )
    working_hours: DaytimePaging = Field(default=DaytimePaging.SAME, description="same atau lighter.")


class ResolveRow(Section):
    when: ConditionText | None = Field(
        default=None, description="Syarat yang membuat bot mengusulkan penutupan; manusia yang menutup."
    )
    confirm_by: TargetRef = Field(description="Siapa yang boleh menutup.")
    reopen_within: Duration = Field(
        default=timedelta(hours=24), description="Pemicu dalam waktu ini membuka lagi."
    )


class ClockRow(Section):
    id: Slug = Field(description="Nama pendek tenggat.")
    name: ShortText = Field(description="Nama yang tampil, misalnya Lapor ke BSSN.")
    within: Limit = Field(
        description="Batas waktu sejak insiden dibuka: `24h`, `3d`, `3wd` (hari kerja), `8wh` (jam kerja). "
        "Hari pembukaan tidak dihitung sebagai hari kerja; hari terakhir habis saat kantor tutup."
    )
    basis: Slug | None = Field(default=None, description="Kunci rujukan di basis.")
    remind_before: Annotated[tuple[Reminder, ...], BeforeValidator(one_or_more)] = Field(
        default=(),
        max_length=5,
        description="Diingatkan berapa lama sebelum habis; `1wd`: saat kantor buka sehari kerja sebelumnya.",
    )
    met_when: ConditionText | None = Field(default=None, description="Syarat yang berarti sudah dipenuhi.")
    own: bool = Field(default=False, description="Sasaran instansi sendiri, bukan batas dari peraturan.")

    @model_validator(mode="after")
    def _reminds_in_time(self) -> Self:
        by_days = isinstance(self.within, WorkingDays)
        for number, one in enumerate(self.remind_before):
            at: Loc = ("remind_before", *([number] if len(self.remind_before) > 1 else []))
            if isinstance(one, WorkingDays) and not by_days:
                message = "Pengingat dalam hari kerja hanya untuk within dalam hari kerja."
                raise refuse(message, "Contoh: within: 3wd", at=at)
            if on_the_wall(one) >= on_the_wall(self.within):
                raise refuse("Pengingat harus lebih pendek daripada within.", at=at)
        return self


class ReviewRow(Section):
    due: Duration = Field(description="Berapa lama sesudah ditutup.")
    owner: TargetOrAcker = Field(description="Siapa yang menjawab; acker: yang menangani.")
    ask: Annotated[tuple[ShortText, ...], Field(max_length=10)] = Field(
        default=(), description="Pertanyaan tinjauan."
    )
    metrics: tuple[
        Literal[
            "time_to_ack",
            "time_to_first_correct_post",
            "time_to_resolve",
            "comments_before_post",
            "comments_after_post",
        ],
        ...,
    ] = Field(default=(), description="Angka yang tampil di laporan; kosong: semuanya.")
    export: tuple[Literal["laporan-krisis", "bukti-kinerja"], ...] = Field(
        default=(), description="Berkas yang dikirim kepada penjawab terakhir evaluasi."
    )


def _never(raw: object) -> str:
    text = written(raw)
    if text != "never":
        raise refuse("Latihan tidak pernah menyentuh kanal publik.", "Tulis publish: never.")
    return text


class DrillRow(Section):
    every: Duration | None = Field(default=None, description="Latihan setiap berapa lama.")
    scenario: Text = Field(default="", description="Berkas skenario, dihitung dari folder playbook ini.")
    publish: Annotated[Literal["never"], BeforeValidator(_never)] = Field(
        default="never", description="Selalu never: latihan tidak menyentuh kanal publik."
    )


class PlaybookFile(Section):
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
    reviewed: Day | None = Field(default=None, description="Tanggal tinjauan terakhir, 2027-08-17.")
    basis: dict[Slug, Text] = Field(default={}, description="Rujukan; langkah menunjuk kuncinya.")
    on: OnRow = Field(description="Pemicu.")
    concurrency: ConcurrencyRow = Field(default=ConcurrencyRow(), description="Pengelompokan insiden.")
    escalate: EscalateRow = Field(description="Tangga panggilan.")
    steps: tuple[AnyStep, ...] = Field(default=(), max_length=40, description="Langkah-langkah.")
    clocks: tuple[ClockRow, ...] = Field(
        default=(), max_length=10, description="Tenggat menurut aturan: ditampilkan dan diingatkan."
    )
    resolve: ResolveRow = Field(description="Penutupan.")
    review: ReviewRow | None = Field(default=None, description="Tinjauan sesudah ditutup.")
    drill: DrillRow | None = Field(default=None, description="Latihan.")
