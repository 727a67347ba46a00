"""`tanggap init`: a few questions, and a commented config.yaml that passes `check` but for the token."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from bot.files.fault import token_column
from bot.files.fields import clock_span
from bot.files.nodes import Plain
from bot.files.references import chat_id, supergroup_id

_NAME_LENGTH = 120
_SHORT_LENGTH = 24
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `check` gives an Indonesian sentence where the answer cannot be used, else ""."""

    key: str
    ask: str
    default: str
    check: Callable[[str], str]


def questions() -> tuple[Question, ...]:
    """What `init` asks, in order. An empty answer takes the default; an empty default may stay empty."""
    return (
        Question("agency", "Nama lengkap instansi", "", _name),
        Question("short", "Nama pendek untuk kartu (paling banyak 24 huruf)", "", _short),
        Question("zone", "Zona waktu: WIB, WITA, atau WIT", "WIB", _zone),
        Question(
            "triage",
            "ID grup tim (diawali minus; buka grupnya di web.telegram.org/a, ID ada di ujung alamat)",
            "",
            _chat,
        ),
        Question(
            "public",
            "ID kanal publik dan ID grup diskusinya, dipisah koma (boleh kosong, bisa ditambahkan nanti)",
            "",
            _public,
        ),
        Question("pengelola", "Nama pengelola bot", "", _name),
        Question("koordinator", "Nama koordinator yang menyetujui balasan", "", _name),
        Question("admin", "Nama admin yang menulis balasan (boleh sama dengan koordinator)", "", _name),
        Question("hours", "Jam kerja Senin-Jumat", "07:30-16:00", _hours),
    )


def render_config(answers: Mapping[str, str]) -> str:
    """The text of config.yaml. Every key of `questions` must be answered; raises ValueError otherwise.

    Answers that name the same person make one person with several roles. Where the one who writes is also
    the only one who approves, the one-person mode is written, and said so.
    """
    for question in questions():
        if wrong := question.check(answers.get(question.key, "")):
            raise ValueError(f"{question.key}: {wrong}")
    people = _people(answers)
    first = {role: next(p for p, (_, roles) in people.items() if role in roles) for role in _ROLES}
    return _CONFIG.format(
        agency=_quoted(answers["agency"]),
        short=_quoted(answers["short"]),
        zone=answers["zone"].strip().upper(),
        triage=answers["triage"].strip(),
        public=_public_lines(answers),
        people="\n".join(_person(key, name, roles) for key, (name, roles) in people.items()),
        pendamping=", ".join(people),
        koordinator=first["koordinator"],
        pengelola=first["pengelola"],
        piket=first["admin"],
        hours=answers["hours"].strip(),
        alone="true" if first["koordinator"] == first["admin"] else "false",
    )


def _public_lines(answers: Mapping[str, str]) -> str:
    ids = _ids(answers["public"])
    if not ids:
        return (
            "  # Tanpa ini komentar warga di kanal tidak terdengar:\n"
            "  # public:                      # kanal publik dan grup diskusinya\n"
            "  #   - {name: Kanal kami, channel: -100…, discussion: -100…}"
        )
    name = _quoted(answers["short"])
    return f"  public:\n    - {{name: {name}, channel: {ids[0]}, discussion: {ids[1]}}}"


_ROLES = ("pengelola", "koordinator", "admin")


def _people(answers: Mapping[str, str]) -> dict[str, tuple[str, list[str]]]:
    by_name: dict[str, list[str]] = {}
    for role in _ROLES:
        by_name.setdefault(" ".join(answers[role].split()), []).append(role)
    people: dict[str, tuple[str, list[str]]] = {}
    for name, roles in by_name.items():
        key = _key(name, people)
        # Whoever writes replies is also on call, until the agency writes a rota of its own.
        people[key] = (name, [*roles, *(["piket"] if "admin" in roles else [])])
    return people


def _key(name: str, taken: Mapping[str, object]) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    # "null" unquoted would be read as nothing.
    start = words[0][:24] if words and words[0] != "null" else "orang"
    key, number = start, 2
    while key in taken:
        key, number = f"{start}-{number}", number + 1
    return key


def _person(key: str, name: str, roles: list[str]) -> str:
    return f"  - id: {key}\n    name: {_quoted(name)}\n    roles: [{', '.join(roles)}]"


def _quoted(text: str) -> str:
    """As a double-quoted YAML scalar; JSON's escapes are a part of YAML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _name(answer: str) -> str:
    text = " ".join(answer.split())
    if not text:
        return "Belum diisi."
    if not text.isprintable() or len(text) > _NAME_LENGTH or token_column(text):
        return f"Tulis teks biasa, paling banyak {_NAME_LENGTH} huruf."
    return ""


def _short(answer: str) -> str:
    too_long = len(" ".join(answer.split())) > _SHORT_LENGTH
    return _name(answer) or (f"Paling banyak {_SHORT_LENGTH} huruf." if too_long else "")


def _zone(answer: str) -> str:
    return "" if answer.strip().upper() in {"WIB", "WITA", "WIT"} else "Pilih WIB, WITA, atau WIT."


def _chat(answer: str) -> str:
    return _said(chat_id, answer)


def _public(answer: str) -> str:
    ids = _ids(answer)
    if ids and (len(ids) != _PAIR or len(set(ids)) != _PAIR):
        return "Tulis dua ID: kanal, koma, lalu grup diskusinya. Contoh: -1001234567890, -1009876543210"
    return next(filter(None, (_said(supergroup_id, one) for one in ids)), "")


def _ids(answer: str) -> list[str]:
    return [one.strip() for one in answer.split(",")] if answer.strip() else []


def _hours(answer: str) -> str:
    return _said(clock_span, answer)


def _said(read: Callable[[object], object], answer: str) -> str:
    try:
        read(Plain(answer.strip()))
    except PydanticCustomError as error:
        given = error.context or {}
        return f"{given.get('pesan', '')} {given.get('petunjuk', '')}".strip()
    return ""


_CONFIG: str = """\
# Pengaturan Tanggap, dibuat oleh `tanggap init`. Semua kunci dijelaskan di config.example.yaml.
# Langkah berikutnya:
#   export TANGGAP_BOT_TOKEN=…   token dari @BotFather; jangan ditulis di berkas ini
#   tanggap check                memeriksa berkas ini
#   tanggap invite {pengelola}   tautan pendaftaran untuk orang pertama

agency:
  name: {agency}
  short: {short}
  zone: {zone}

telegram:
  token: ${{TANGGAP_BOT_TOKEN}}

chats:
  triage: {triage}
  # crisis: -100…                # grup krisis; tanpa ini kartu krisis masuk grup tim
{public}

# Tambahkan anggota tim di sini. Peran: admin, koordinator, piket, narahubung, pimpinan, pengelola.
people:
{people}

# Kelompok yang dirujuk playbook bawaan.
groups:
  kepala-humas: [{koordinator}]
  # Yang diberi tahu bila tak seorang pun menjawab panggilan.
  pimpinan: [{koordinator}]
  # Yang melihat tulisan asli pada perkara keselamatan jiwa; sebaiknya dua orang.
  pendamping: [{pendamping}]

# Unit yang dimintai data oleh playbook bawaan: tulis siapa yang menelepon ke sana.
units:
  - {{id: bpbd, name: BPBD, people: [{koordinator}]}}
  - {{id: layanan, name: Bidang yang menjalankan layanan, people: [{koordinator}]}}
  - {{id: keamanan, name: Penghubung kepolisian dan Kesbangpol, people: [{koordinator}]}}
  - {{id: siber, name: Tim tanggap insiden siber, people: [{koordinator}]}}

# Siapa yang dipanggil. sen-min 00:00 sampai 00:00 = sepanjang minggu; bagilah setelah tim bertambah.
rota:
  medsos:
    shifts:
      - {{days: sen-min, from: 00:00, to: 00:00, people: [{piket}]}}
  medsos-cadangan:
    shifts:
      - {{days: sen-min, from: 00:00, to: 00:00, people: [{koordinator}]}}

working_hours:
  days:
    sen-jum: {hours}

approval:
  # true hanya bila penulis dan penyetuju memang orang yang sama.
  alone: {alone}
"""
