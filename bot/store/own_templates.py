"""Templates that were proposed in the chat, and how all templates are used."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.people import PersonId
from bot.domain.template import Template, TemplateState, fingerprint
from bot.domain.template_life import OWN_TOPIC, slots_of
from bot.services.ports_words import Figures
from bot.store import rows
from bot.store.part import Part


class OwnTemplates(Part):
    async def add(self, template: Template, person: PersonId, now: datetime) -> None:
        """Raises sqlite3.IntegrityError for a version that is there."""
        await self._sql.add_own_template(
            self._conn,
            id=template.id,
            version=template.version,
            title=rows.storable(template.title),
            labels=rows.to_json(template.labels),
            topics=rows.to_json(template.topics),
            text=rows.storable(template.text),
            owner=template.owner,
            source=template.source,
            valid_until=template.valid_until.isoformat(),
            proposed_by=person,
            proposed_at=rows.seconds(now),
        )

    async def decline(self, template: Template, person: PersonId) -> None:
        await self._sql.decline_own_template(
            self._conn, id=template.id, version=template.version, person=person
        )

    async def every(self) -> Sequence[Template]:
        """Every version, the oldest first; what was declined is retired."""
        return [_template(row) async for row in self._sql.own_templates(self._conn)]

    async def version(self, template: str) -> int:
        """The newest; 0 where there is none."""
        return int(await self._sql.own_template_versions(self._conn, id=template) or 0)

    async def figures(self, template: str, since: datetime, within: timedelta) -> Figures:
        seconds = int(within.total_seconds())
        row = await self._sql.template_figures(
            self._conn, id=template, since=rows.seconds(since), within=seconds
        )
        return Figures(row["used"], row["edited"], row["again"], rows.moment(row["last"]))

    async def approved_since(self, template: str) -> datetime | None:
        """When any of its words were first approved."""
        return rows.moment(await self._sql.template_approved_since(self._conn, id=template))

    async def last_used(self, template: str) -> datetime | None:
        return rows.moment(await self._sql.template_last_used(self._conn, id=template))


def _template(row: Any) -> Template:
    made = Template(
        id=row["id"],
        topic=OWN_TOPIC,
        title=row["title"],
        labels=tuple(rows.from_json(row["labels"])),
        topics=tuple(rows.from_json(row["topics"])),
        keywords=(),
        text=row["text"],
        slots=slots_of(row["text"]),
        owner=row["owner"],
        source=row["source"],
        version=row["version"],
        valid_until=date.fromisoformat(row["valid_until"]),
        state=TemplateState.RETIRED if row["declined_by"] else TemplateState.PROPOSED,
    )
    return replace(made, sha256=fingerprint(made))
