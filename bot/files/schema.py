"""JSON Schemas of the file formats, so that an editor completes keys and explains them while people type."""

import json
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from bot.domain.target import Target
from bot.files.neutral_words import NeutralFile
from bot.files.replies import RepliesFile
from bot.files.section import Section
from bot.files.sections_calendar import HolidaysFile
from bot.files.sections_playbook import PlaybookFile
from bot.files.sections_scenario import ScenarioFile
from bot.files.settings import Settings
from bot.files.topics import TopicsFile

FORMATS: dict[str, type[Section]] = {
    "config": Settings,
    "playbook": PlaybookFile,
    "drill": ScenarioFile,
    "replies": RepliesFile,
    "topics": TopicsFile,
    "neutral": NeutralFile,
    "holidays": HolidaysFile,
}


class _Schema(GenerateJsonSchema):
    """Defaults in the words of the file: pydantic would write an ISO 8601 length of time."""

    def encode_default(self, dft: Any) -> Any:
        """The default as it would stand in the file."""
        return written(dft)


def written(value: Any) -> Any:
    """A default value as a person would write it in YAML."""
    if isinstance(value, timedelta):
        return say_duration(value)
    if isinstance(value, (Target, Enum)):
        return str(value)
    if isinstance(value, BaseModel):
        return {}
    if isinstance(value, (tuple, list)):
        return [written(item) for item in value]
    return value


def say_duration(length: timedelta) -> str:
    """The shortest way to write this duration in a file."""
    seconds = int(length.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def schemas() -> dict[str, str]:
    """Every schema by file name, as the text of the file."""
    made = {}
    for name, model in FORMATS.items():
        schema = model.model_json_schema(by_alias=True, schema_generator=_Schema)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_plain(schema)}
        made[f"{name}.v1.json"] = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
    return made


def _plain(schema: Any) -> Any:
    """Without what pydantic adds for programmers: titles, and docstrings that an editor would show."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    noise = {"title", "description"} if "enum" in schema or "properties" in schema else {"title"}
    kept = {key: held for key, held in schema.items() if key not in noise or not isinstance(held, str)}
    return {key: _plain(held) for key, held in kept.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        files.append(folder / name)
    return files
