"""Sections of config.yaml about people: who they are, how they are reached, what their roles may not."""

from pydantic import Field

from bot.domain.people import Action, Role
from bot.files.fields import NightSpan, ShortText, Slug, Text, ZoneName
from bot.files.references import PersonRef
from bot.files.section import NO_EFFECT_YET, Section


class ContactsRow(Section):
    phone: Text | None = Field(
        default=None, description=f"Nomor telepon, untuk dihubungi bila Telegram mati. {NO_EFFECT_YET}"
    )
    email: Text | None = Field(default=None, description=f"Alamat surel. {NO_EFFECT_YET}")


class PersonRow(Section):
    id: Slug = Field(description="Nama pendek yang dirujuk baris lain, misalnya `ratna`.")
    name: ShortText = Field(description="Nama yang tampil di kartu dan laporan.")
    roles: tuple[Role, ...] = Field(
        min_length=1,
        description="Satu atau lebih peran: admin, koordinator, piket, narahubung, pimpinan, pengelola.",
    )
    zone: ZoneName | None = Field(
        default=None, description="Zona waktu orang ini; bila kosong, ikut `agency.zone`."
    )
    quiet_hours: NightSpan | None = Field(
        default=None,
        description="Jam tenang, `22:00-05:00`: pesan datang tanpa bunyi, kecuali saat orang ini bertugas, "
        "insiden darurat, atau keselamatan jiwa.",
    )
    contacts: ContactsRow = Field(
        default=ContactsRow(), description=f"Cara lain menghubungi orang ini. {NO_EFFECT_YET}"
    )


class RoleRow(Section):
    without: tuple[Action, ...] = Field(min_length=1, description="Hak yang dicabut dari peran ini.")


class UnitRow(Section):
    id: Slug = Field(description="Nama pendek unit, dirujuk sebagai `unit:…`.")
    name: ShortText = Field(description="Nama unit yang tampil.")
    people: tuple[PersonRef, ...] = Field(min_length=1, description="Narahubung unit ini.")
