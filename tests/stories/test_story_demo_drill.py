"""The demo's exercise, played by the real bot and printed."""

import pytest

from bot.demo import DemoOptions, play


async def test_the_exercise_is_played_to_its_end_and_nothing_of_it_is_public(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await play(DemoOptions(headless=True, drill=True))
    told = capsys.readouterr().out
    steps = (
        "dimulai oleh Hesti",
        "Laras (warga rekaan) menulis:",
        "Bram tidak menjawab panggilan; kedua koordinator dipanggil.",
        "Ditangani Hesti, ",
        "Wisnu menyetujui “Setujui pesan pertama”.",
        "Contoh tayangan, tidak dikirim ke publik",
        "Wisnu menyetujui “Setujui penjelasan”.",
        "Ditutup Hesti.",
        "• Panggilan dijawab setelah ",
        "• “Tayangkan pesan pertama” selesai setelah ",
        "• “Tayangkan penjelasan” selesai setelah ",
        "Latihan selesai. Yang sampai ke publik: tidak ada.",
    )
    places = [told.find(step) for step in steps]
    assert -1 not in places, steps[places.index(-1)]
    assert places == sorted(places)
