"""What a team sees seldom, for the pictures of the manuals: a life at risk, a doubt, a step that is late."""

from scenes import CASES, CRISIS, NJOP, TAX, Act, Camera, Day
from scenes_hard import CLEAR, MORNING, answered, crisis_opened, on_air, posted

from bot.domain.outside import PULSE

LIFE = "Malam min. Aku capek banget sama semuanya, rasanya gak sanggup hidup begini terus."


async def _life(day: Day, camera: Camera) -> None:
    await day.tells("Lintang", LIFE)
    await camera.take("panduan-jiwa", day.seen(day.triage, "pendamping", "#1"))
    await day.presses("sinta", "Balas", "hanya untuk pendamping")
    await camera.take("panduan-jiwa-draf", day.seen("sinta", "Draf balasan untuk warga"))


async def _unsure(day: Day, camera: Camera) -> None:
    await day.writes("Robi", TAX, "pajak")
    await day.presses("sinta", "Balas", CASES, chat=day.triage)
    await day.presses("sinta", "Tulis", CASES, chat=day.triage)
    await day.answers("sinta", NJOP, day.triage)
    await day.presses("sinta", "Ajukan", CASES, chat=day.triage)
    day.loses_an_answer()
    await day.presses("hesti", "Setujui", "NJOP")
    await camera.take("panduan-belum-pasti", day.seen(day.triage, "Belum pasti", button="Kirim ulang"))


async def _late(day: Day, camera: Camera) -> None:
    await crisis_opened(day)
    await day.presses("bram", "Saya tangani", CRISIS)
    for _ in range(25):
        await day.minutes(1)
    await camera.take("panduan-bantu", day.seen("sinta", "lewat waktu", button="Ambil alih"))


async def _calm(day: Day, camera: Camera) -> None:
    await on_air(day)
    await answered(day, "Perbarui keadaan", "Ada fakta baru", CLEAR, 2)
    await posted(day, 2)
    for _ in range(5):
        await day.presses("bram", "✓ 1", CRISIS, chat=day.triage)
    for _ in range(5):  # the right words are out and the list is ticked: nobody is asked whether it goes on
        await day.minutes(31)
    await camera.take("panduan-usul-selesai", day.seen("hesti", "memang sudah beres"))


async def _note(day: Day, camera: Camera) -> None:
    await day.minutes(75)
    await crisis_opened(day)
    await day.presses("bram", "Saya tangani", CRISIS)
    await day.minutes(16)
    await camera.take("panduan-catatan", day.seen("bram", "perlu diketahui penggantinya"))


async def _warned(day: Day, camera: Camera) -> None:
    await day.hears("bmkg", "gempa", tingkat="Awas", magnitudo="6,4", pusat="38 km barat daya Tanjung Melati")
    await camera.take("panduan-kabar", day.seen(day.triage, "bmkg", "K-1"))
    await camera.take("panduan-kabar-panggilan", day.seen("bram", "K-1", button="Saya tangani"))


async def _fell_silent(day: Day, camera: Camera) -> None:
    await day.awake()
    await day.hears("pemantau-layanan", PULSE)
    for _ in range(4):
        await day.minutes(5)
    await camera.take("panduan-diam", day.seen(day.triage, "K-1", button="Saya tangani"))


async def _was_down(day: Day, camera: Camera) -> None:
    await day.minutes(1)
    await crisis_opened(day)
    await day.asleep(4.5)
    await camera.take("panduan-tertunda", day.seen(day.triage, "sempat mati", "K-1"))


RARE = (
    Act(frozenset({"panduan-jiwa", "panduan-jiwa-draf"}), _life),
    Act(frozenset({"panduan-belum-pasti"}), _unsure),
    Act(frozenset({"panduan-bantu"}), _late),
    Act(frozenset({"panduan-usul-selesai"}), _calm),
    Act(frozenset({"panduan-catatan"}), _note, {"medsos": MORNING}),
    Act(frozenset({"panduan-kabar", "panduan-kabar-panggilan"}), _warned),
    Act(frozenset({"panduan-diam"}), _fell_silent),
    Act(frozenset({"panduan-tertunda"}), _was_down),
)
