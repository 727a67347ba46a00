"""What `tanggap check` says about systems outside that playbooks listen to."""

from collections.abc import Iterable, Iterator

from bot.domain.outside import others
from bot.domain.playbook import Playbook
from bot.files.fault import did_you_mean
from bot.files.settings import Settings


def say_outside(settings: Settings, playbooks: Iterable[Playbook]) -> Iterator[str]:
    """Who may send events, and which playbooks wait for somebody who may not. No fault: a playbook that is
    shipped names the usual sources, and an agency without them opens it by the other ways.
    """
    known = settings.events.secrets
    if known:
        yield f"Kabar dari luar diterima dari: {', '.join(known)}."
    for playbook in playbooks:
        if missing := sorted(others(playbook.triggers) - known.keys()):
            near = [did_you_mean(name, known) for name in missing] if known else []
            hint = "".join(f" {one}" for one in near if one.startswith("Maksud"))
            yield (
                f"Playbook {playbook.id} juga terbuka lewat {', '.join(missing)}, yang belum ada di "
                f"events.sources.{hint}"
            )
