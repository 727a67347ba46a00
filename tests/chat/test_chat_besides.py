"""A question is late at night: the next level is called besides, on real phones, and its owner keeps it."""

from chat_office import Office
from chat_steps import FACT, SOURCE, form, opened, run_state

from bot.sandbox.model import Message


def pages(office: Office, who: str) -> list[Message]:
    return [m for m in office.seen(office.users[who].id) if "Ditangani" in m.text or "dipanggil" in m.text]


async def test_the_page_of_one_who_is_called_besides_names_the_owner_and_is_taken_over_by_one_press(
    office: Office,
) -> None:
    await opened(office)
    owner = (await run_state(office)).owner
    for _ in range(4):
        await office.later(5)
        if (state := await run_state(office)).late:
            break
    assert state.owner == owner == "pita"
    assert state.late == ("nilai",)
    who = state.calling[0]
    page = pages(office, who)[-1]
    assert "Ditangani Pita, tetapi langkah “Cek ke sumber resmi” lewat waktu." in page.text
    assert [button["text"] for button in page.buttons] == ["Ambil alih"]
    await office.press(who, page, "Ambil alih")
    assert (await run_state(office)).owner == who
    assert office.refusals() == []
    assert "Cek ke sumber resmi" in office.last(who).text, "the question lies with whoever has it now"


async def test_once_it_is_answered_the_page_may_rest(office: Office) -> None:
    card = await opened(office)
    for _ in range(4):
        await office.later(5)
        if (state := await run_state(office)).late:
            break
    who = state.calling[0]
    page = pages(office, who)[-1]
    assert page.buttons
    await office.press("pita", card, "Salah")
    for words in (SOURCE, FACT):
        await office.writes("pita", office.users["pita"].id, words, reply_to=office.last("pita"))
    await office.press("pita", form(office), "Kirim jawaban")
    assert (await run_state(office)).calling == ()
    assert page.text.startswith("✅ Ditangani Pita, tidak perlu apa-apa")
    assert not page.buttons
