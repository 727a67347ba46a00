"""Sections of config.yaml about people: who they are, how they are reached, what their roles may not."""

from pydantic import Field

from bot.domain.contact import ContactKind
from bot.domain.people import Action, Role
from bot.files.fields import NightSpan, ShortText, Slug, Text, ZoneName
from bot.files.references import PersonRef
from bot.files.section import Section
from bot.files.sections_pages import Email, NtfyTopic, Phone


class ContactsRow(Section):
    phone: Phone | None = Field(default=None, description="Nomor ponsel, untuk SMS dan telepon suara.")
    sms: Phone | None = Field(default=None, description="Nomor lain khusus SMS.")
    voice: Phone | None = Field(default=None, description="Nomor lain khusus telepon suara.")
    email: Email | None = Field(default=None, description="Alamat surel.")
    ntfy: NtfyTopic | None = Field(default=None, description="Topik ntfy orang ini.")
    webhook: Text | None = Field(default=None, description="Nama orang ini di layanan `webhook`.")

    def given(self) -> dict[ContactKind, str]:
        """Every way that is filled in; one number serves for messages and calls."""
        ways = {
            ContactKind.SMS: self.sms or self.phone,
            ContactKind.VOICE: self.voice or self.phone,
            ContactKind.EMAIL: self.email,
            ContactKind.NTFY: self.ntfy,
            ContactKind.WEBHOOK: self.webhook,
        }
        return {kind: value for kind, value in ways.items() if value}


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
        default=ContactsRow(), description="Cara lain memanggil orang ini bila Telegram gagal."
    )


class RoleRow(Section):
    without: tuple[Action, ...] = Field(min_length=1, description="Hak yang dicabut dari peran ini.")


class UnitRow(Section):
    id: Slug = Field(description="Nama pendek unit, dirujuk sebagai `unit:…`.")
    name: ShortText = Field(description="Nama unit yang tampil.")
    people: tuple[PersonRef, ...] = Field(min_length=1, description="Narahubung unit ini.")
