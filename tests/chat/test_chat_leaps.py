"""What leapt, as the group reads it: sentences below a picture, or bars made of letters where none goes."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from telegram.error import BadRequest

from bot.chat import calls, hour_picture
from bot.chat.drawn import Bars, Drawn, Picture
from bot.chat.leaps import draw_leaps
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Zone

CAPTION = 1024
HOUR = [0, 0, 1, 0, 2, 1, 3, 2, 4, 9, 21, 40]
TEN_O_CLOCK = 1_795_489_200
"""A Tuesday, 10.00 in Jakarta."""


def leap(key: str, name: str = "", count: int = 40, minutes: int = 5, usual: int = 0) -> dict[str, object]:
    return {"key": key, "name": name, "count": count, "minutes": minutes, "usual": usual, "hour": HOUR}


def drawn(*leaps: dict[str, object]) -> Drawn:
    return draw_leaps(Notice(TRIAGE, "spike", {"until": TEN_O_CLOCK, "of": list(leaps)}), Zone.WIB)


def test_one_thing_is_one_sentence() -> None:
    message = drawn(leap("label:hoax", usual=4, count=48, minutes=60))
    assert message.text == (
        "📈 Klaim terkait hoaks: 48 komentar dalam 1 jam, biasanya sekitar 4 pada jam ini."
    )
    assert message.picture is not None
    assert (message.picture.begins, message.picture.ends) == ("09.00", "10.00")
    assert message.picture.instead.endswith("Sejam terakhir, sampai 10.00 WIB:\n▁▁▁▁▁▁▂▁▂▃▅█")


def test_several_are_one_list_and_no_longer_than_a_caption_may_be() -> None:
    many = [leap(f"topic:t{n}", name="Bencana alam dan keadaan darurat di kecamatan " * 2) for n in range(9)]
    message = drawn(leap("cluster:12"), *many)
    assert message.text.startswith("📈 Mendadak ramai:\n• Komentar seperti #12: 40 komentar dalam 5 menit, ")
    assert message.text.endswith("… dan 6 hal lain.")
    assert len(message.text) <= CAPTION
    assert message.picture is not None
    assert len(message.picture.rows) == 4


def test_a_notice_of_an_older_version_is_still_read() -> None:
    old = Notice(
        TRIAGE, "spike", {"key": "topic:air-bersih", "count": 9, "minutes": 5, "usual": 0, "line": "█"}
    )
    assert draw_leaps(old, Zone.WIB).text.startswith("📈 Air bersih: 9 komentar dalam 5 menit")


def test_the_picture_shows_the_newest_bars_apart_and_grows_with_its_rows() -> None:
    picture = Picture((Bars("Bantuan sosial", tuple(HOUR), usual=3.0),) * 2, "09.00", "10.00", "biasanya", "")
    made = hour_picture.png(picture)
    assert made is not None
    image = Image.open(io.BytesIO(made)).convert("RGB")
    one = hour_picture.png(Picture(picture.rows[:1], "09.00", "10.00", "biasanya", ""))
    assert one is not None
    assert image.height > Image.open(io.BytesIO(one)).height
    floor = hour_picture._ROW - 14
    slot = (hour_picture._WIDTH - 2 * hour_picture._EDGE) / len(HOUR)
    seen = [image.getpixel((int(hour_picture._EDGE + slot * (n + 0.5)), floor)) for n in range(len(HOUR))]
    assert seen[-1] == seen[-2], "the last ten minutes"
    assert seen[-1] != seen[-3], "what was before"
    assert seen[0] == (255, 255, 255), "nobody wrote"


class Line:
    """Telegram, as far as one message goes."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def do_api_request(self, method: str, said: dict[str, Any]) -> dict[str, Any]:
        self.sent.append((method, said))
        if method == "sendphoto" and self.refuses:
            raise BadRequest(self.refuses)
        return {"message_id": 1, "chat": {"id": 7}}


async def send(line: Line) -> None:
    await calls.send(line, drawn(leap("topic:banjir", name="Banjir")), chat_id=7)  # type: ignore[arg-type]  # a line


@pytest.fixture
def without_pillow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(hour_picture, "_kit", lambda: None)


async def test_the_words_stand_below_the_picture() -> None:
    line = Line()
    await send(line)
    [(method, said)] = line.sent
    assert method == "sendphoto"
    assert said["caption"].startswith("📈 Banjir: 40 komentar")
    assert "link_preview_options" not in said, "a parameter of text messages"


async def test_a_group_that_takes_no_pictures_reads_bars_made_of_letters() -> None:
    line = Line("Bad Request: not enough rights to send photos to the chat")
    await send(line)
    assert [method for method, _ in line.sent] == ["sendphoto", "sendmessage"]
    assert "█" in line.sent[1][1]["text"]


async def test_any_other_refusal_is_told_as_it_is() -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await send(Line("Bad Request: chat not found"))


async def test_without_the_extra_it_is_a_text(without_pillow: Callable[[], None]) -> None:
    without_pillow()
    line = Line()
    await send(line)
    [(method, said)] = line.sent
    assert method == "sendmessage"
    assert "█" in said["text"]
