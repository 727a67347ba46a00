"""What is printed from the models (schemas, manual) is what is committed, and the example is whole."""

import json
import re
from typing import get_args

from config_text import ENV, EXAMPLE
from pydantic_core.core_schema import ErrorType

from bot.domain.people import Action
from bot.domain.steps import Uses
from bot.files import load_settings
from bot.files.config import read_config
from bot.files.explain import SENTENCES
from bot.files.manual import setting_paths, settings_markdown
from bot.files.nodes import Entries, Items, Node, Scalar
from bot.files.playbooks import read_playbooks
from bot.files.schema import FORMATS, schemas
from bot.files.section import Section, key_names, sections_in
from bot.files.sections import RetentionRow
from bot.files.settings import Settings
from bot.files.step_pages import EXAMPLE as EXAMPLE_OF_STEPS
from bot.files.step_pages import step_pages
from bot.files.strict_yaml import parse

ROOT = EXAMPLE.parent
REFRESH = "python -m bot.files.manual docs"


def test_the_committed_schemas_are_the_models() -> None:
    for name, text in schemas().items():
        assert (ROOT / "docs/schema" / name).read_text(encoding="utf-8") == text, f"{name}: run {REFRESH}"


def test_the_committed_manual_is_the_models() -> None:
    assert (ROOT / "docs/settings.md").read_text(encoding="utf-8") == settings_markdown(), f"run {REFRESH}"


def test_the_committed_pages_of_steps_are_the_rows_and_their_example() -> None:
    folder = ROOT / "docs/steps"
    pages = step_pages((folder / EXAMPLE_OF_STEPS).read_text(encoding="utf-8"))
    assert len(pages) == 14
    for name, text in pages.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name}: run {REFRESH}"


def test_the_example_on_those_pages_loads() -> None:
    known = read_config(EXAMPLE, ENV).known
    paths = [ROOT / "docs/steps" / EXAMPLE_OF_STEPS, ROOT / "playbooks/hoaks-viral.yaml"]
    playbooks, faults = read_playbooks(paths, known)
    # Another shipped playbook that the second one hands on to is none of the example's business.
    assert [fault for fault in faults if "contoh" in fault.file] == []
    assert {type(step.uses) for step in playbooks[0].steps} == set(get_args(Uses))


def test_every_setting_is_explained() -> None:
    def explained(section: type[Section]) -> None:
        for name, field in section.model_fields.items():
            assert field.description, f"{section.__name__}.{name} has no description"
            for inner in sections_in(field.annotation):
                explained(inner)

    for model in FORMATS.values():
        explained(model)


def keys_in_example() -> set[str]:
    """Every key of the example as a dotted path, the commented ones included."""
    text = EXAMPLE.read_text(encoding="utf-8")
    uncommented = re.sub(
        r"(?m)^(\s*)# (?=\s*(webhook|url|listen|port|secret|shadow|sms|voice|email|ntfy|gateways|topics):)",
        r"\1",
        text,
    )
    further = "roles|  piket|    without|watchdog|  heartbeat_url|events|  sources|    - id|      secret"
    uncommented = re.sub(rf"(?m)^# (?=({further}):)", "", uncommented)
    root, faults = parse(uncommented.encode(), "contoh")
    assert faults == []
    return paths(root, Settings, "")


def paths(node: Node | None, section: type[Section] | None, path: str) -> set[str]:
    found: set[str] = set()
    if isinstance(node, Items):
        return found.union(*(paths(item, section, path) for item in node.items))
    if isinstance(node, Scalar) or node is None:
        return found
    assert isinstance(node, Entries)
    names = key_names(section) if section else {}
    for key, held in node.pairs:
        if key.text not in names:
            found |= paths(held, section, path)  # a free name: a group, a rota, a label
            continue
        inner = next(sections_in(names[key.text]), None)
        here = f"{path}.{key.text}".lstrip(".")
        found |= {here} | paths(held, inner, here)
    return found


def test_the_example_shows_every_setting() -> None:
    wanted = {re.sub(r"\[\]|\{\}", "", path) for path in setting_paths()}
    assert wanted - keys_in_example() == set()


def test_the_example_says_the_true_defaults() -> None:
    """Every "bawaan: X" beside a value in the example is the default of the model."""
    settings = load_settings(EXAMPLE, ENV)
    text = EXAMPLE.read_text(encoding="utf-8")
    for key, written, said in re.findall(r"(?m)^\s+(\w+): (\S+).*bawaan: ([\w.:]+)\s*$", text):
        assert written.strip("[]") == said, (
            f"{key}: the example writes {written} and calls {said} the default"
        )
    assert settings.approval == Settings.model_fields["approval"].default.model_copy(
        update={"levels": settings.approval.levels}
    )
    assert settings.retention == Settings.model_fields["retention"].default
    assert settings.intake == Settings.model_fields["intake"].default
    assert settings.web == Settings.model_fields["web"].default


def test_every_time_that_something_is_kept_is_read_by_whatever_forgets_it() -> None:
    """A setting that changes nothing would be a promise about citizens' data that nobody keeps."""
    files = [path for path in (ROOT / "bot").rglob("*.py") if path.parent.name not in {"files", "domain"}]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert not re.search(r"\b(retention|row)\.journal\b", code)
    for name in RetentionRow.model_fields:
        assert re.search(rf"\b(retention|row)\.{name}\b", code), f"nothing reads retention.{name}"


def test_editors_are_told_the_same_names_as_the_loader_knows() -> None:
    config = json.loads(schemas()["config.v1.json"])
    assert set(config["properties"]) == set(Settings.model_fields)
    assert set(config["$defs"]["Action"]["enum"]) == {action.value for action in Action}
    assert config["$defs"]["RetentionRow"]["properties"]["inbox"]["default"] == "14d"
    shift = config["$defs"]["ShiftRow"]["properties"]
    assert {"from", "to", "days", "people", "rotate", "since", "layer"} == set(shift)


def test_no_programmers_english_reaches_the_editor() -> None:
    def descriptions(node: object) -> list[str]:
        if isinstance(node, list):
            return [text for item in node for text in descriptions(item)]
        if not isinstance(node, dict):
            return []
        own = [node["description"]] if isinstance(node.get("description"), str) else []
        return own + [text for held in node.values() for text in descriptions(held)]

    english = re.compile(r"\b(the|what|every|which|who)\b", re.IGNORECASE)
    for text in schemas().values():
        assert not [said for said in descriptions(json.loads(text)) if english.search(said)]


def test_files_point_editors_at_schemas_that_exist() -> None:
    for file in [EXAMPLE, *sorted((ROOT / "playbooks").rglob("*.yaml"))]:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert schema, f"{file} does not start with its schema"
        assert (file.parent / schema.group(1)).resolve().is_file()


def test_every_translated_error_exists() -> None:
    assert set(get_args(ErrorType)) >= SENTENCES
