"""The hard hours, for the pictures of the manuals: nobody answers, somebody goes home, a phone is silent."""

from scenes import CRISIS, KNOWN, RUMOUR, UNCLEAR, Act, Camera, Day

MORNING = "bram]}, {days: sen-min, from: '09:00', to: '00:00', layer: 2, people: [sinta"
"""In the place of one name: another on-call from nine in the morning."""
CLEAR = (
    "Tidak ada keputusan penghapusan bansos; penyaluran berikutnya tetap tanggal 5",
    "penghapusan bansos",
    "Dinas Sosial sudah memeriksa daftar dan anggarannya",
    "Anda tidak perlu mendaftar ulang",
    "https://www.kemensos.go.id",
)
_OPENS = "Insiden apa yang dibuka?"


async def crisis_opened(day: Day, pause: float = 0) -> None:
    for citizen, text in RUMOUR:
        await day.writes(citizen, text, "bansos")
        await day.minutes(pause)


async def _asked(day: Day, pause: float = 0) -> None:
    """Bram has it and has said what is known; a unit is asked for more."""
    await crisis_opened(day, pause / 4)
    await day.minutes(pause)
    await day.presses("bram", "Saya tangani", CRISIS)
    await answered(day, "Ada pertanyaan", "Belum dapat dipastikan", KNOWN, pause)


async def answered(day: Day, question: str, choice: str, values: tuple[str, ...], pause: float) -> None:
    await day.presses("bram", choice, question)
    for value in values:
        await day.answers("bram", value)
    await day.minutes(pause)
    await day.presses("bram", "Kirim jawaban", question)


async def on_air(day: Day, pause: float = 0) -> None:
    """The first words stand on every channel."""
    await _asked(day, pause)
    await day.presses("ayu", "Isi 1", "Permintaan data")
    await day.answers("ayu", UNCLEAR)
    await day.presses("ayu", "Kirim jawaban", "Permintaan data")
    await posted(day, pause)


async def posted(day: Day, pause: float) -> None:
    await day.minutes(pause)
    await day.presses("wisnu", "Setujui", "Minta persetujuan")
    for channel in ("Instagram", "Facebook"):
        await day.presses("bram", f"Sudah tayang: {channel}", "Tolong tayangkan")
        await day.answers("bram", "-")


async def _silence(day: Day, camera: Camera) -> None:
    await crisis_opened(day)
    for _ in range(50):
        await day.minutes(1)
    await camera.take("panduan-tak-dijawab", day.seen(day.triage, CRISIS, "K-1", button="Saya tangani"))
    await camera.take("panduan-pimpinan", day.seen("pak-harsa", CRISIS))


async def _long(day: Day, camera: Camera) -> None:
    await on_air(day)
    await day.minutes(31)
    await camera.take("panduan-masih", day.seen("bram", "Masih Anda tangani?"))
    await day.presses("bram", "Ya, masih", "Masih Anda tangani?")
    await day.minutes(30)
    await camera.take("panduan-berkala", day.seen("hesti", "Kabar berkala"))


async def _two(day: Day, camera: Camera) -> None:
    for _ in range(2):
        await day.says("hesti", "/krisis")
        await day.presses("hesti", CRISIS, _OPENS)
    await camera.take("panduan-gabung", await day.says("hesti", "/krisis K-2"))
    await day.presses("hesti", "Gabungkan K-1", "Apa yang ingin diubah")
    await camera.take("panduan-digabung", day.seen(day.triage, CRISIS, "K-2"))


async def _goes_home(day: Day, camera: Camera) -> None:
    await day.minutes(75)
    await _asked(day)
    await day.minutes(16)
    await day.answers("bram", "Dinas Sosial menjawab pukul sepuluh.")
    await day.minutes(16)
    await day.presses("bram", "Ya, masih", "Masih Anda tangani?")
    await day.minutes(20)
    await camera.take("panduan-giliran", day.seen("sinta", "Giliran Anda di"))
    await camera.take("panduan-lanjutkan", day.seen("sinta", "Bisa lanjutkan"))


async def _ahead(day: Day, camera: Camera) -> None:
    await day.awake()
    for who in ("Bram", "pak-harsa"):
        await day.says("hesti", f"/piket cuti {who} {day.date(3)} sampai {day.date(4)}")
    await day.passes(26)
    await camera.take("panduan-kosong", day.seen(day.triage, "jam tanpa petugas"))
    await camera.take("panduan-tak-terjangkau", day.seen(day.triage, "belum bisa dihubungi"))


async def _test(day: Day, camera: Camera) -> None:
    await day.awake()
    await day.passes(24 * 9)
    await camera.take("panduan-tes", day.seen("bram", "Tes panggilan"))
    await day.passes(25)
    await camera.take("panduan-tes-diam", day.seen("hesti", "belum menjawab setelah sehari"))


async def _papers(day: Day, camera: Camera) -> None:
    await on_air(day, 2)
    await day.minutes(20)
    await answered(day, "Perbarui keadaan", "Ada fakta baru", CLEAR, 2)
    await posted(day, 3)
    await day.minutes(25)
    await day.presses("hesti", "Selesai", CRISIS, chat=day.triage)
    await day.answers("hesti", "Sudah tenang, tidak ada kabar baru.")
    await camera.paper("laporan-ponsel", await day.fetches("hesti", "/laporan K-1 html"))
    await camera.paper("laporan-pdf", await day.fetches("hesti", "/laporan K-1"))
    await camera.paper("laporan-masa", await day.fetches("hesti", "/laporan 30 hari html"))
    await camera.paper("laporan-saya", await day.fetches("bram", "/laporan saya html"))


HARD = (
    Act(frozenset({"panduan-tak-dijawab", "panduan-pimpinan"}), _silence),
    Act(frozenset({"panduan-masih", "panduan-berkala"}), _long),
    Act(frozenset({"panduan-gabung", "panduan-digabung"}), _two),
    Act(frozenset({"panduan-giliran", "panduan-lanjutkan"}), _goes_home, {"medsos": MORNING}),
    Act(frozenset({"panduan-kosong", "panduan-tak-terjangkau"}), _ahead),
    Act(frozenset({"panduan-tes", "panduan-tes-diam"}), _test),
    Act(frozenset({"laporan-ponsel", "laporan-pdf", "laporan-masa", "laporan-saya"}), _papers),
)
