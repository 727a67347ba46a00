"""A page by another way than Telegram, drawn from the run as it stands when it is sent."""

from bot.chat.cleaning import one_line
from bot.chat.words import crisis
from bot.chat.words import second as say
from bot.domain.run_types import RunState
from bot.domain.second import SecondPage

_MATTER = 40


def draw_second(page: SecondPage, state: RunState, agency: str) -> tuple[str, str]:
    """Title and text. Of a sensitive matter not even its kind leaves Telegram."""
    drill = state.incident.drill
    matter = "" if state.playbook.sensitive else one_line(state.playbook.name, _MATTER)
    number = crisis.run_number(state.incident.id)
    return (
        say.title(number, str(state.severity), drill=drill),
        say.text(agency, matter, page.because, drill=drill),
    )
