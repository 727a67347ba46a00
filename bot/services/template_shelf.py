"""Every template: those of the files, those that were proposed in the chat, and their newer versions."""

import hashlib
from collections.abc import Iterator, Sequence

from bot.domain.errors import NotFound
from bot.domain.template import Template


def short_name(name: str) -> str:
    """Eight characters that name a template or playbook in a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def own_short(template_id: str, version: int) -> str:
    """Of these very words, where several versions of a template may be about."""
    return short_name(f"{template_id}@{version}")


class Shelf:
    """In memory; what the store holds is put in at the start and after every decision."""

    def __init__(self, from_files: Sequence[Template]) -> None:
        self._files = {one.id: one for one in from_files}
        self._own: dict[str, Template] = {}
        self._waiting: tuple[Template, ...] = ()
        self._by_short = {short_name(one.id): one for one in from_files}

    def learn(self, standing: Sequence[Template], waiting: Sequence[Template]) -> None:
        """`waiting`: newer versions of what stands. Where a file has the id, the file counts."""
        self._own = {one.id: one for one in standing if one.id not in self._files}
        self._waiting = tuple(one for one in waiting if one.id not in self._files)
        every = [*self._files.values(), *self._own.values(), *self._waiting]
        self._by_short = {self.short(one): one for one in every}

    def short(self, template: Template) -> str:
        """The name of these very words on a button."""
        if self.is_own(template):
            return own_short(template.id, template.version)
        return short_name(template.id)

    def find(self, short: str) -> Template:
        """Raises NotFound."""
        if short not in self._by_short:
            raise NotFound("template", short)
        return self._by_short[short]

    def get(self, template_id: str) -> Template | None:
        """The words that are used under this id."""
        return self._files.get(template_id) or self._own.get(template_id)

    def is_own(self, template: Template) -> bool:
        """Whether it was proposed in the chat."""
        return template.id not in self._files

    def standing(self) -> Iterator[Template]:
        yield from self._files.values()
        yield from self._own.values()

    def waiting(self) -> Sequence[Template]:
        """Newer versions that nobody has approved."""
        return self._waiting
