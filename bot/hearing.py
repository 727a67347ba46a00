"""Whether those who should be heard from outside are heard: looked at by doctor."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.chat.words import times
from bot.chat.words.outside import connector, importing
from bot.domain.playbook import Playbook
from bot.files.settings import Settings
from bot.services.ports import Parts
from bot.services.ports_outside import Life

Found = tuple[bool, str]


async def heard_from_outside(
    settings: Settings, playbooks: Sequence[Playbook], read: Parts, now: datetime
) -> list[Found]:
    """Every source that may send, every connector whose silence is told, every file that is not in."""
    lives = {life.connector: life for life in await read.outside.lives()}
    found = [
        (False, f"Pengirim {name} belum pernah terdengar. Uji dengan denyut: lihat docs/operations.md.")
        for name in settings.events.secrets
        if name not in lives
    ]
    for name, life in lives.items():
        if name in settings.events.secrets or any(_patience(playbooks, name)):
            found += _heard(life, list(_patience(playbooks, name)), now)
    found += [(not one.stands(now), importing(one.file, one, now)) for one in await read.imports.under_way()]
    return found


def _patience(playbooks: Sequence[Playbook], name: str) -> Iterator[Playbook]:
    """The playbooks that open when this connector falls silent."""
    for playbook in playbooks:
        trigger = playbook.triggers.heartbeat
        if trigger is not None and trigger.connector == name:
            yield playbook


def _heard(life: Life, watching: Sequence[Playbook], now: datetime) -> Iterator[Found]:
    since = times.span(now - life.heard_at)
    late = [
        one.id
        for one in watching
        if one.triggers.heartbeat is not None and now - life.heard_at > one.triggers.heartbeat.silent_for
    ]
    if late:
        said = f"{connector(life.connector)}: diam sejak {since} lalu; ditunggu playbook {', '.join(late)}."
        yield False, said
    else:
        yield True, f"{connector(life.connector)}: terakhir terdengar {since} lalu."
