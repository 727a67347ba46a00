"""Addresses in the configuration: web addresses, domains, ports, the database."""

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema

from bot.files.fault import quote
from bot.files.fields import Whole, refuse, written
from bot.files.known import context

WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
"""The only ports that Telegram delivers webhooks to."""


def _is_near(host: str) -> bool:
    """Whether the host is this machine or the network around it, where plain http gives nothing away."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def _api_url(raw: object) -> str:
    text = written(raw).rstrip("/")
    scheme, host = _split(text)
    if scheme == "http" and not _is_near(host):
        raise refuse("Alamat ini harus https: lewat http, token bisa dibaca orang lain.")
    return text


def _https_url(raw: object) -> str:
    text = written(raw)
    scheme, _ = _split(text)
    if scheme != "https":
        raise refuse(f"Alamat webhook harus https, bukan {quote(text)}.")
    if (urlsplit(text).port or 443) not in WEBHOOK_PORTS:
        raise refuse("Telegram hanya mengirim ke port 443, 80, 88, atau 8443.")
    return text


def _split(text: str) -> tuple[str, str]:
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or re.search(r"\s", text):
        raise refuse(f"Alamat {quote(text)} tidak terbaca.", "Contoh: https://api.telegram.org")
    return parts.scheme, parts.hostname or ""


DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"


def _domain(raw: object) -> str:
    text = written(raw).lower()
    if not re.fullmatch(DOMAIN, text):
        host = text.partition("//")[2].partition("/")[0] or text.partition("/")[0]
        meant = f"Maksud Anda {quote(host)}?" if re.fullmatch(DOMAIN, host) else "Contoh: lapor.go.id"
        raise refuse(f"Nama domain {quote(text)} tidak terbaca.", meant)
    return text


def _database(raw: object, info: ValidationInfo) -> str:
    text = written(raw)
    if text.startswith("postgres"):
        raise refuse("PostgreSQL belum didukung di versi ini.", "Tulis seperti sqlite:data/tanggap.db.")
    file = text.removeprefix("sqlite:")
    if file == text or not file.strip():
        raise refuse(
            f"Alamat basis data {quote(text)} tidak terbaca.", "Tulis seperti sqlite:data/tanggap.db."
        )
    return f"sqlite:{context(info).folder / file}"


Port = Annotated[Whole, Field(ge=1, le=65535)]
ApiUrl = Annotated[str, BeforeValidator(_api_url), WithJsonSchema({"type": "string", "format": "uri"})]
WebhookUrl = Annotated[str, BeforeValidator(_https_url), WithJsonSchema({"type": "string", "format": "uri"})]
Domain = Annotated[str, BeforeValidator(_domain), WithJsonSchema({"type": "string", "pattern": DOMAIN})]
DatabaseUrl = Annotated[
    str, BeforeValidator(_database), WithJsonSchema({"type": "string", "pattern": "^sqlite:.+"})
]
