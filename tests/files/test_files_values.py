"""Each kind of value, as people write it and as they mistake it, through a real one-key file."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import create_model

from bot.domain.calendar import Weekday
from bot.domain.limit import WorkingDays, WorkingTime
from bot.domain.people import Zone
from bot.domain.target import ACKER, Target, TargetKind
from bot.files.addresses import DatabaseUrl, Domain, Port, WebhookUrl
from bot.files.fields import (
    ClockSpan,
    Day,
    Days,
    Duration,
    Flag,
    Limit,
    Reminder,
    Share,
    ShortText,
    Slug,
    Text,
    Whole,
    ZoneName,
)
from bot.files.known import Known
from bot.files.nodes import Entries
from bot.files.references import ChatId, Secret, SupergroupId, TargetName, TargetOrAcker, TargetRef
from bot.files.section import Section, validate
from bot.files.strict_yaml import parse

KNOWN = Known(
    folder=Path("/srv/tanggap"),
    env={"ADA": "isi", "KOSONG": " "},
    people={"ratna": frozenset({"koordinator"}), "sari": frozenset({"admin"})},
    groups=frozenset({"pimpinan", "pendamping"}),
    units=frozenset({"pupr"}),
    rotas=frozenset({"medsos"}),
    topics=frozenset({"gempa"}),
)


def read(kind: Any, written: str) -> tuple[Any, list[str]]:
    """Read `k: <written>` with a one-key model; gives the value, or the messages with their columns."""
    model: type[Section] = create_model("Satu", __base__=Section, k=(kind, ...))
    root, faults = parse(f"k: {written}\n".encode(), "f")
    assert faults == []
    assert isinstance(root, Entries)
    found, wrong = validate(model, root, KNOWN)
    return (getattr(found, "k", None), [f"{fault.column} {fault.message} {fault.hint}" for fault in wrong])


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Text, "1.10", "1.10"),
        (Text, "yes", "yes"),
        (Text, "'  rapi  '", "rapi"),
        (ShortText, '"07:30"', "07:30"),
        (Whole, "0", 0),
        (Whole, "-12", -12),
        (Share, "0.8", 0.8),
        (Share, "1", 1.0),
        (Flag, "true", True),
        (Flag, "false", False),
        (Duration, "90s", timedelta(seconds=90)),
        (Duration, "180d", timedelta(days=180)),
        (Limit, "3d", timedelta(days=3)),
        (Limit, "3wd", WorkingDays(3)),
        (Limit, "8wh", WorkingTime(timedelta(hours=8))),
        (Reminder, "1wd", WorkingDays(1)),
        (Reminder, "6h", timedelta(hours=6)),
        (ClockSpan, "07:30-16:00", (time(7, 30), time(16))),
        (ClockSpan, "16:00 – 00:00", (time(16), time(0))),
        (ClockSpan, "00:00-00:00", (time(0), time(0))),
        (Days, "sab-min", frozenset({Weekday.SATURDAY, Weekday.SUNDAY})),
        (Days, "Senin, rabu", frozenset({Weekday.MONDAY, Weekday.WEDNESDAY})),
        (Days, "min-sen", frozenset({Weekday.SUNDAY, Weekday.MONDAY})),
        (Day, "2028-02-29", date(2028, 2, 29)),
        (ZoneName, "wita", Zone.WITA),
        (Slug, "kepala-humas", "kepala-humas"),
        (Slug, "123", "123"),
        (Port, "8443", 8443),
        (Domain, "LAPOR.go.id", "lapor.go.id"),
        (DatabaseUrl, "sqlite:data/a.db", "sqlite:/srv/tanggap/data/a.db"),
        (DatabaseUrl, "sqlite:/var/a.db", "sqlite:/var/a.db"),
        (WebhookUrl, "https://bot.kota.example/x", "https://bot.kota.example/x"),
        (WebhookUrl, "https://bot.kota.example:8443", "https://bot.kota.example:8443"),
        (ChatId, "-123", -123),
        (SupergroupId, "-1001234567890", -1001234567890),
        (TargetRef, "role:koordinator", Target(TargetKind.ROLE, "koordinator")),
        (TargetRef, "person:sari", Target(TargetKind.PERSON, "sari")),
        (TargetRef, "unit:pupr", Target(TargetKind.UNIT, "pupr")),
        (TargetOrAcker, "acker", ACKER),
        (TargetName, "role:pimpinan", Target(TargetKind.ROLE, "pimpinan")),
    ],
)
def test_what_people_write_is_understood(kind: Any, written: str, value: object) -> None:
    assert read(kind, written) == (value, [])


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        (Text, "", "Belum diisi."),
        (Text, '"  "', "Belum diisi."),
        (Text, "[a]", "bukan daftar"),
        (ShortText, "x" * 121, "paling banyak 120 karakter"),
        (Whole, "'5'", "bilangan bulat tanpa kutip, bukan “5”"),
        (Whole, "1_000", "bilangan bulat"),
        (Whole, "0x10", "bilangan bulat"),
        (Whole, "007", "bilangan bulat"),
        (Whole, "9" * 30, "bilangan bulat"),
        (Share, "1e5", "angka dengan titik desimal"),
        (Share, ".inf", "angka dengan titik desimal"),
        (Share, "0,8", "Contoh: 0.8"),
        (Share, "1.01", "Paling besar 1."),
        (Share, "-0.1", "Paling kecil 0."),
        (Flag, "yes", "true (ya) atau false (tidak) tanpa kutip, bukan “yes”"),
        (Flag, "True", "true (ya)"),
        (Flag, "'true'", "true (ya)"),
        (Duration, "10", "10m (menit)"),
        (Duration, "1h30m", "tidak terbaca"),
        (Duration, "1.5h", "tidak terbaca"),
        (Duration, "-5m", "tidak terbaca"),
        (Duration, "3wd", "tidak terbaca"),
        (Limit, "3w", "3wd (hari kerja)"),
        (Limit, "0wd", "tidak terbaca"),
        (ClockSpan, "07.30-16.00", "Maksud Anda “07:30”?"),
        (ClockSpan, "16:00-07:00", "setelah jam mulai"),
        (Days, "sen-jumaat", "Hari “jumaat” tidak dikenal."),
        (Days, "ahad", "Hari “ahad” tidak dikenal."),
        (Days, "sen,", "Hari “” tidak dikenal."),
        (Day, "2027-02-29", "tidak ada di kalender"),
        (Day, "17 Agustus 2027", "seperti 2027-08-17"),
        (ZoneName, "GMT+7", "Pilih WIB, WITA, atau WIT."),
        (Slug, "Kepala Humas", "Maksud Anda “kepala-humas”?"),
        (Slug, "x" * 33, "hanya boleh huruf kecil"),
        (Port, "0", "Paling kecil 1."),
        (Domain, "https://www.bmkg.go.id/gempa", "Maksud Anda “www.bmkg.go.id”?"),
        (DatabaseUrl, "data/tanggap.db", "sqlite:data/tanggap.db"),
        (DatabaseUrl, "'sqlite: '", "sqlite:data/tanggap.db"),
        (WebhookUrl, "https://bot.kota.example:8080/", "443, 80, 88, atau 8443"),
        (WebhookUrl, "'https://bot.kota .example'", "tidak terbaca"),
        (ChatId, "0", "tidak terbaca"),
        (ChatId, "'-123'", "tidak terbaca"),
        (ChatId, "t.me/kota", "tidak terbaca"),
        (SupergroupId, "-123", "diawali -100"),
        (Secret, "rahasia", "tidak boleh ditulis langsung"),
        (Secret, "${ada}", "tidak boleh ditulis langsung"),
        (Secret, "${TIADA}", "Variabel lingkungan TIADA belum diisi."),
        (Secret, "${KOSONG}", "Variabel lingkungan KOSONG belum diisi."),
        (TargetRef, "acker", "tidak terbaca"),
        (TargetRef, "medsos", "Maksud Anda “oncall:medsos”?"),
        (TargetRef, "rol:koordinator", "Maksud Anda “role:koordinator”?"),
        (TargetRef, "role:pimpinan", "Belum ada orang dengan peran “pimpinan”."),
        (TargetRef, "group:pimpinam", "Kelompok “pimpinam” tidak ada. Maksud Anda “pimpinan”?"),
        (TargetRef, "'unit:'", "tidak terbaca"),
        (TargetName, "role:petugas", "Peran “petugas” tidak ada."),
    ],
)
def test_what_people_mistake_is_explained_at_the_value(kind: Any, written: str, said: str) -> None:
    value, wrong = read(kind, written)
    assert value is None
    assert len(wrong) == 1
    assert said in wrong[0]
    column = 1 if written == "[a]" else 3 if written == "" else 4
    assert wrong[0].startswith(f"{column} ")


def test_a_secret_is_taken_from_where_it_points() -> None:
    secret, wrong = read(Secret, "${ADA}")
    assert wrong == []
    assert secret.get_secret_value() == "isi"
    assert "isi" not in f"{secret!r}{secret}"
