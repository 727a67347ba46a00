"""Section of config.yaml about the systems that send signed events."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from bot.domain.outside import IMPORT, TELEGRAM
from bot.files.fault import quote
from bot.files.fields import Slug, refuse
from bot.files.references import Secret
from bot.files.section import Section

_SHORTEST = 32


def _hard_to_guess(secret: SecretStr) -> SecretStr:
    """Never repeats what it judges."""
    if len(secret.get_secret_value()) < _SHORTEST:
        raise refuse(
            f"Rahasia ini terlalu pendek: paling sedikit {_SHORTEST} karakter.", "Buat: openssl rand -hex 32"
        )
    return secret


def _not_ours(source: str) -> str:
    if source in {TELEGRAM, IMPORT}:
        raise refuse(f"Nama {quote(source)} sudah dipakai untuk sambungan bot sendiri.", "Pilih nama lain.")
    return source


class SourceRow(Section):
    id: Annotated[Slug, AfterValidator(_not_ours)] = Field(
        description="Nama pengirim; dirujuk playbook dan menjadi ujung alamatnya: `/events/bmkg`."
    )
    secret: Annotated[Secret, AfterValidator(_hard_to_guess)] = Field(
        description="Rahasia tanda tangannya, minimal 32 karakter; `${NAMA_VARIABEL}` atau `file:/run/…`."
    )


class EventsRow(Section):
    sources: tuple[SourceRow, ...] = Field(
        default=(), max_length=20, description="Sistem lain yang boleh mengirim kabar; boleh kosong."
    )

    @property
    def secrets(self) -> Mapping[str, str]:
        """Of every system that may send, by its id."""
        return {row.id: row.secret.get_secret_value() for row in self.sources}
