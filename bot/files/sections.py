"""Sections of config.yaml about agency, chats and rules of work. Their descriptions are the manual."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.people import Zone
from bot.domain.reach import Loud
from bot.domain.target import Target, TargetKind
from bot.files.addresses import ApiUrl, DatabaseUrl, Domain, Port, WebhookUrl
from bot.files.fields import Duration, Flag, Share, ShortText, Text, Whole, ZoneName, refuse
from bot.files.models import ModelName
from bot.files.references import ChatId, PersonRef, Secret, SupergroupId, TargetRef
from bot.files.section import Section
from classifiers.labels import Label


class AgencyRow(Section):
    name: ShortText = Field(description="Nama lengkap instansi.")
    short: Annotated[ShortText, Field(max_length=24)] = Field(
        description="Nama pendek untuk kartu dan laporan."
    )
    zone: ZoneName = Field(default=Zone.WIB, description="Zona waktu kantor: WIB, WITA, atau WIT.")
    greeting: ShortText = Field(
        default="Halo Kak",
        description="Sapaan bot kepada warga di obrolan pribadi, juga pembuka tanda terima.",
    )


class WebhookRow(Section):
    url: WebhookUrl = Field(description="Alamat https yang dipanggil Telegram.")
    listen: Text = Field(default="127.0.0.1", description="Alamat di mesin ini tempat bot mendengarkan.")
    port: Port = Field(default=8443, description="Port di mesin ini.")
    secret: Secret = Field(
        description="Rahasia yang dikirim Telegram di setiap panggilan; `${TANGGAP_WEBHOOK_SECRET}`."
    )


class TelegramRow(Section):
    token: Secret = Field(
        description="Token dari @BotFather; selalu `${TANGGAP_BOT_TOKEN}` atau `file:/run/…`."
    )
    api_base_url: ApiUrl = Field(
        default="https://api.telegram.org", description="Alamat Bot API; ganti hanya untuk server sendiri."
    )
    mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="Cara mengambil pesan: polling (mengambil sendiri) atau webhook (dikirimi).",
    )
    transport: Literal["aiohttp", "httpx"] = Field(
        default="aiohttp", description="Pustaka jaringan; httpx hanya bila aiohttp bermasalah."
    )
    webhook: WebhookRow | None = Field(default=None, description="Wajib bila `mode: webhook`.")


class DatabaseRow(Section):
    url: DatabaseUrl = Field(
        default="sqlite:data/tanggap.db",
        validate_default=True,
        description="Berkas SQLite; letaknya dihitung dari folder config.yaml.",
    )


class PublicChatRow(Section):
    name: ShortText = Field(description="Nama kanal yang tampil di kartu.")
    channel: SupergroupId = Field(description="ID kanal, diawali -100.")
    discussion: SupergroupId = Field(description="ID grup diskusi kanal itu, diawali -100.")


class ChatsRow(Section):
    triage: ChatId = Field(description="ID grup tim tempat kartu muncul.")
    crisis: ChatId | None = Field(default=None, description="ID grup krisis; bila kosong, grup tim dipakai.")
    public: tuple[PublicChatRow, ...] = Field(default=(), description="Kanal publik dan grup diskusinya.")
    topics: dict[Label, Annotated[Whole, Field(ge=2)]] = Field(
        default={},
        description="Bila grup tim memakai topik: label dan nomor topik tempat kartunya muncul, yang "
        "terpenting lebih dulu. Papan dan kartu lain tetap di topik umum.",
    )


class ThresholdRow(Section):
    certain: Share = Field(description="Mulai skor ini label dianggap pasti (0 sampai 1).")
    unsure: Share = Field(description="Mulai skor ini label ditanyakan kepada orang (0 sampai 1).")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.unsure >= self.certain:
            raise refuse(
                f"Nilai unsure harus lebih kecil daripada certain ({self.certain:g}).", at=("unsure",)
            )
        return self


def _a_week(length: timedelta) -> timedelta:
    # Telegram may hand out an update again for a day, and its numbering restarts after a silent week.
    if length < timedelta(days=7):
        raise refuse("Kiriman mentah disimpan paling sedikit 7d, supaya tidak ada yang diproses dua kali.")
    return length


def _a_month(length: timedelta) -> timedelta:
    # A citizen edits or writes again, a question is asked back: that takes days, not months.
    if length < timedelta(days=30):
        raise refuse("Masa simpan ini paling sedikit 30d, supaya yang baru selesai tidak ikut terhapus.")
    return length


_LongEnough = Annotated[Duration, AfterValidator(_a_month)]


class RetentionRow(Section):
    inbox: Annotated[Duration, AfterValidator(_a_week)] = Field(
        default=timedelta(days=14), description="Kiriman mentah dari Telegram; paling sedikit 7d."
    )
    comments: _LongEnough = Field(
        default=timedelta(days=730),
        description=(
            "Komentar, kasus yang selesai, dan balasannya; paling sedikit 30d. "
            "Yang menjadi bukti insiden disimpan selama insidennya."
        ),
    )
    personal: _LongEnough = Field(
        default=timedelta(days=365),
        description="Nama tampilan warga di kasus yang selesai; sesudahnya dihapus. Paling sedikit 30d.",
    )
    incidents: _LongEnough = Field(
        default=timedelta(days=1825),
        description="Insiden yang selesai, linimasa, dan buktinya; paling sedikit 30d.",
    )
    shadow: Duration = Field(
        default=timedelta(days=90), description="Perbedaan pendapat model kedua (`classifier.shadow`)."
    )


class ApprovalRow(Section):
    alone: Flag = Field(
        default=False,
        description="true hanya untuk instansi dengan satu orang: penulis memastikan sendiri setelah jeda.",
    )
    alone_pause: Duration = Field(
        default=timedelta(seconds=60), description="Jeda baca ulang saat `alone: true`."
    )
    expires: Duration = Field(
        default=timedelta(minutes=30),
        description="Draf yang belum dijawab selama ini naik ke tingkat berikutnya.",
    )
    levels: tuple[TargetRef, ...] = Field(
        default=(Target(TargetKind.ROLE, "koordinator"),),
        min_length=1,
        description="Siapa yang dimintai persetujuan, berurutan; tiap tingkat harus berisi yang berhak.",
    )
    pace: Duration = Field(
        default=timedelta(seconds=4),
        description="Jarak antara dua balasan bila satu jawaban dikirim ke banyak orang.",
    )
    instant_closed: Flag = Field(
        default=False,
        description="true: templat tertutup yang sudah disetujui boleh langsung dikirim satu orang.",
    )
    repeat: Flag = Field(
        default=False,
        description=(
            "true: yang menulis hal yang sama setelah dijawab dijawab bot dengan kata-kata yang sama, "
            "bila templatnya juga `repeat: true`."
        ),
    )


class IntakeRow(Section):
    join_within: Duration = Field(
        default=timedelta(seconds=20),
        description="Tulisan susulan orang yang sama dalam waktu ini masuk kasus yang sama.",
    )
    same: Flag = Field(
        default=True,
        description="Komentar yang sama atau nyaris sama dari banyak orang tampil sebagai satu kartu.",
    )
    same_within: Duration = Field(
        default=timedelta(days=3),
        description="Selama ini setelah komentar pertama, yang serupa masih bergabung ke kartunya.",
    )
    seen_from: Annotated[Whole, Field(ge=1)] = Field(
        default=Loud().seen, description="Mulai dilihat sekian kali, prioritas komentar naik satu tingkat."
    )
    reacted_from: Annotated[Whole, Field(ge=1)] = Field(
        default=Loud().reacted,
        description="Mulai sekian kali disukai, dibagikan, dan dibalas, prioritasnya naik satu tingkat.",
    )
    replied_from: Annotated[Whole, Field(ge=2)] = Field(
        default=Loud().replied,
        description="Mulai dibalas sekian warga lain di grup diskusi, prioritasnya naik satu tingkat.",
    )

    @property
    def loud(self) -> Loud:
        return Loud(self.seen_from, self.reacted_from, self.replied_from)


class BoardRow(Section):
    live: Flag = Field(
        default=True,
        description="true: satu pesan di grup tim selalu memuat keadaan terbaru (papan).",
    )
    pin: Flag = Field(default=True, description="Sematkan papan di atas grup bila bot berhak menyematkan.")
    cards: Annotated[Whole, Field(ge=4, le=1000)] = Field(
        default=40,
        description=(
            "Kartu baru per 10 menit; separuhnya untuk kasus biasa. Selebihnya masuk rangkuman, "
            "yang dibuka dengan tombol."
        ),
    )
    spikes: Flag = Field(
        default=True,
        description=(
            "Beri tahu grup tim bila satu label, satu topik, atau komentar yang sama tiba-tiba ramai."
        ),
    )
    spike_floor: Annotated[Whole, Field(ge=4, le=100_000)] = Field(
        default=20,
        description="Lonjakan: paling sedikit sekian komentar dalam satu jam, atau separuhnya dalam 5 menit.",
    )


class ClaimsRow(Section):
    remind_after: Duration = Field(
        default=timedelta(hours=2),
        description=(
            "Klaim tanpa temuan diingatkan setiap kali waktu ini lewat, dihitung dalam jam kerja; "
            "menurut jam biasa selama ia ramai disebut."
        ),
    )
    data_within: Duration = Field(
        default=timedelta(hours=1),
        description="Batas waktu menjawab permintaan data kepada unit, bila tidak disebut lain.",
    )


class GuardRow(Section):
    allow: tuple[Text, ...] = Field(
        default=(), description="Nomor, surel, dan rekening resmi yang boleh tampil di balasan."
    )


class StyleRow(Section):
    salutations: tuple[ShortText, ...] = Field(
        default=(), description="Sapaan di awal balasan; kosong: sapaan apa pun yang lazim."
    )
    closings: tuple[ShortText, ...] = Field(
        default=(), description="Penutup di akhir balasan; kosong: tidak ditagih."
    )
    longest: Annotated[Whole, Field(ge=100, le=1000)] | None = Field(
        default=None, description="Panjang balasan yang nyaman; kosong: 700, di pesan pribadi 1000."
    )


class LinksRow(Section):
    allow: tuple[Domain, ...] = Field(
        default=("go.id",), description="Domain yang boleh ditautkan dalam balasan; subdomainnya ikut boleh."
    )


class LockRow(Section):
    unlock_by: PersonRef | None = Field(
        default=None, description="Orang yang boleh /buka sendirian; bila kosong, perlu dua orang."
    )


class WebRow(Section):
    listen: Text = Field(
        default="127.0.0.1", description="Alamat halaman kesehatan, metrik, dan pintu kabar dari sistem lain."
    )
    port: Port = Field(default=8080, description="Port halaman itu.")


class ClassifierRow(Section):
    model: ModelName = Field(
        default="default",
        description=(
            "`default` (model tim bila ada, selain itu bawaan), `bawaan`, berkas atau folder model sendiri, "
            "atau nama model Hugging Face."
        ),
    )
    thresholds: dict[Label, ThresholdRow] = Field(
        default={}, description="Ambang per label; yang tidak ditulis memakai ambang bawaan model."
    )
    shadow: ModelName | None = Field(
        default=None,
        description="Model kedua yang ikut menilai diam-diam untuk dibandingkan dengan `tanggap shadow`.",
    )
    weekly_note: Flag = Field(
        default=True,
        description="Senin pagi grup tim membaca label mana yang sering dibetulkan; false mematikannya.",
    )
