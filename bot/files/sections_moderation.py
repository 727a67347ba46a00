"""The section of config.yaml about moderation: house rules, and since when they are enforced."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from bot.domain.house_rules import HouseRules, Mode
from bot.domain.moderation import Ground, Rule
from bot.domain.people import Zone
from bot.files.fault import quote
from bot.files.fields import Day, Duration, ShortText, Slug, Whole, refuse, written
from bot.files.section import Section
from bot.files.sections import ChatsRow


def _page(raw: object) -> str:
    text = written(raw)
    if not text.startswith("https://") or len(text.split()) != 1 or "." not in text:
        raise refuse(
            f"Tautan aturan harus alamat https, bukan {quote(text)}.",
            "Contoh: https://kotacontoh.go.id/aturan-diskusi",
        )
    return text


Page = Annotated[str, BeforeValidator(_page), WithJsonSchema({"type": "string", "pattern": "^https://"})]


class HouseRuleRow(Section):
    id: Slug = Field(description="Nama pendek aturan.")
    name: Annotated[ShortText, Field(max_length=60)] = Field(
        description="Bunyi aturan seperti yang dibaca warga."
    )
    ground: Ground = Field(
        description=(
            "Dasarnya: abuse (kata kasar), hate (kebencian), threat (ancaman), fraud (penipuan), spam, "
            "indecent (asusila), personal_data (data pribadi). Keluhan tidak pernah dihapus karena abuse."
        )
    )
    url: Page | None = Field(default=None, description="Halaman aturannya; ikut ditulis dalam teguran.")

    def made(self) -> Rule:
        return Rule(self.id, self.name, self.ground, self.url or "")


_SHIPPED = (
    HouseRuleRow(id="bahasa", name="Gunakan bahasa yang pantas", ground=Ground.ABUSE),
    HouseRuleRow(id="kebencian", name="Tidak menyebarkan kebencian", ground=Ground.HATE),
    HouseRuleRow(id="ancaman", name="Tidak mengancam siapa pun", ground=Ground.THREAT),
    HouseRuleRow(id="penipuan", name="Tidak menipu atau menyamar", ground=Ground.FRAUD),
    HouseRuleRow(id="spam", name="Tidak beriklan atau mengulang-ulang", ground=Ground.SPAM),
    HouseRuleRow(id="asusila", name="Tidak memuat hal asusila", ground=Ground.INDECENT),
    HouseRuleRow(id="data-pribadi", name="Tidak memuat data pribadi", ground=Ground.PERSONAL_DATA),
)


class ModerationRow(Section):
    mode: Literal["off", "dry", "on"] = Field(
        default="dry",
        description=(
            "off: tanpa penertiban. dry: masa uji, semua diusulkan dan dicatat tetapi tidak ada yang dikirim "
            "ke Telegram. on: dijalankan setelah dipastikan orang kedua."
        ),
    )
    dry_until: Day | None = Field(
        default=None,
        description="Hari terakhir masa uji, misalnya 2026-12-31; sesudahnya dry menjadi on sendiri.",
    )
    expires: Duration = Field(
        default=timedelta(hours=24),
        description="Usulan yang belum diputuskan selama ini gugur; diam tidak pernah berarti setuju.",
    )
    sample: Annotated[Whole, Field(ge=1, le=50)] = Field(
        default=10,
        description="Banyaknya keputusan bulan lalu yang diundi untuk dibaca ulang.",
    )
    rules: Annotated[tuple[HouseRuleRow, ...], Field(min_length=1, max_length=20)] = Field(
        default=_SHIPPED,
        description="Aturan diskusi instansi. Bila diisi, menggantikan tujuh aturan bawaan.",
    )

    @model_validator(mode="after")
    def _ends_what_began(self) -> Self:
        if self.dry_until is not None and self.mode != "dry":
            raise refuse(
                "dry_until hanya berlaku bersama `mode: dry`.",
                "Hapus baris ini, atau tulis mode: dry.",
                at=("dry_until",),
            )
        return self

    def made(self, chats: ChatsRow, allow: Iterable[str], zone: Zone) -> HouseRules:
        """`chats`: the agency's own places. `allow`: numbers that it publishes itself."""
        places = [(chat.channel, chat.discussion) for chat in chats.public]
        ours = frozenset(number for pair in places for number in pair) | {chats.triage}
        return HouseRules(
            tuple(rule.made() for rule in self.rules),
            Mode(self.mode),
            self.dry_until,
            self.expires,
            self.sample,
            ours,
            frozenset(allow),
            zone,
        )
