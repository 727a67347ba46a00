"""Sections of config.yaml about calling people by other ways than Telegram, and about who watches the bot."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, WithJsonSchema

from bot.domain.contact import ContactKind
from bot.files.fault import quote
from bot.files.fields import Duration, refuse, written
from bot.files.references import Secret
from bot.files.section import Section

PLACE = "{to}"
"""Where the address of the person goes in the address of a gateway."""
_PHONE = re.compile(r"\+?\d{8,15}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _phone(raw: object) -> str:
    """As gateways want it: +62…; people write blanks, dots and minus signs, and a nought in front."""
    text = written(raw)
    digits = re.sub(r"[\s().-]", "", text)
    if not _PHONE.fullmatch(digits):
        raise refuse(f"Nomor {quote(text)} tidak terbaca.", "Contoh: +62 812-0000-0001")
    return f"+62{digits[1:]}" if digits.startswith("0") else digits if digits[0] == "+" else f"+{digits}"


def _email(raw: object) -> str:
    text = written(raw)
    if not _EMAIL.fullmatch(text):
        raise refuse(f"Alamat surel {quote(text)} tidak terbaca.", "Contoh: nama@kota.example")
    return text


def _topic(raw: object) -> str:
    text = written(raw)
    if not _TOPIC.fullmatch(text):
        raise refuse(
            f"Nama topik ntfy {quote(text)} hanya boleh huruf, angka, minus, dan garis bawah.",
            "Pakai nama yang sulit ditebak.",
        )
    return text


def _for_a_person(secret: SecretStr) -> SecretStr:
    """Never repeats what it judges: the address holds the password."""
    address = secret.get_secret_value()
    if not re.match(r"[a-z][a-z0-9+.-]*://", address):
        raise refuse("Isi rahasia ini bukan alamat gerbang.", "Contoh: ntfys://ntfy.kota.example/{to}")
    if PLACE not in address:
        raise refuse("Alamat gerbang harus memuat {to}, tempat kontak orangnya diisikan.")
    return secret


def _web(secret: SecretStr) -> SecretStr:
    if not re.match(r"https?://[^\s/]+", secret.get_secret_value()):
        raise refuse("Isi rahasia ini bukan alamat http atau https.")
    return secret


def _moments(length: timedelta) -> timedelta:
    if length > timedelta(minutes=5):
        raise refuse("Paling lama 5m: panggilan tidak boleh menunggu selama itu.")
    return length


Phone = Annotated[str, BeforeValidator(_phone), WithJsonSchema({"type": "string"})]
Email = Annotated[str, BeforeValidator(_email), WithJsonSchema({"type": "string"})]
NtfyTopic = Annotated[str, BeforeValidator(_topic), WithJsonSchema({"type": "string"})]
GatewayUrl = Annotated[Secret, AfterValidator(_for_a_person)]
WebUrl = Annotated[Secret, AfterValidator(_web)]
Moments = Annotated[Duration, AfterValidator(_moments)]


class GatewaysRow(Section):
    sms: GatewayUrl | None = Field(default=None, description="Gerbang SMS; alamat Apprise dengan `{to}`.")
    voice: GatewayUrl | None = Field(default=None, description="Gerbang telepon suara.")
    email: GatewayUrl | None = Field(default=None, description="Server surel: `mailtos://…?to={to}`.")
    ntfy: GatewayUrl | None = Field(
        default=None, description="Server ntfy: `ntfys://ntfy.kota.example/{to}`."
    )
    webhook: GatewayUrl | None = Field(
        default=None, description="Layanan lain yang menerima JSON: `jsons://kota.example/panggil/{to}`."
    )


class PagesRow(Section):
    gateways: GatewaysRow = Field(
        default=GatewaysRow(),
        description="Gerbang per cara; selalu `${NAMA_VARIABEL}` atau `file:/run/…`.",
    )
    order: tuple[ContactKind, ...] = Field(
        default=(
            ContactKind.SMS,
            ContactKind.NTFY,
            ContactKind.VOICE,
            ContactKind.WEBHOOK,
            ContactKind.EMAIL,
        ),
        description="Urutan cara bila playbook tidak menyebut `via`.",
    )
    wait: Moments = Field(
        default=timedelta(seconds=45),
        description="Panggilan yang belum sampai lewat Telegram selama ini keluar lewat jalan lain.",
    )
    timeout: Moments = Field(
        default=timedelta(seconds=20), description="Gerbang yang diam selama ini dianggap gagal."
    )


class WatchdogRow(Section):
    heartbeat_url: WebUrl | None = Field(
        default=None,
        description="Alamat di luar yang dipanggil tiap menit selama bot benar-benar bekerja.",
    )
