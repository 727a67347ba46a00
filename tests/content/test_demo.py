"""The demo day: every line can be played, and the evening really is a crisis."""

import json
from pathlib import Path
from typing import Any

from bot.domain.guard import find_personal_data
from bot.domain.topic import match
from bot.files.topics import load_topics
from classifiers.text import normalise

CONTENT = Path(__file__).parents[2] / "playbooks"
DAY: list[dict[str, Any]] = [
    json.loads(line) for line in (CONTENT / "demo" / "day.jsonl").read_text("utf-8").splitlines()
]
STAGE = json.loads((CONTENT / "demo" / "stage.json").read_text("utf-8"))
TOPICS = load_topics(CONTENT / "topics.yaml", normalise)
EVENING = 12 * 3600
"""19.00 on a day that starts at 07.00."""


def test_the_day_runs_forward_and_refers_only_back() -> None:
    assert len(DAY) >= 60
    assert [row["at"] for row in DAY] == sorted({row["at"] for row in DAY})
    known: set[str] = set()
    for row in DAY:
        assert row["id"] not in known
        assert {row[key] for key in ("edit_of", "reply_to") if key in row} <= known
        known.add(row["id"])
    assert any("edit_of" in row for row in DAY)
    assert sum("reply_to" in row for row in DAY) >= 3


def test_everybody_and_every_place_is_on_the_stage() -> None:
    posts = {post["key"] for post in STAGE["posts"]}
    assert {row["from"] for row in DAY} == set(STAGE["citizens"])
    assert {row["post"] for row in DAY if row["channel"] != "dm"} == posts
    assert all(row["channel"] in ("dm", row.get("post")) for row in DAY)
    assert "rekaan" in STAGE["note"]


def test_the_team_can_do_every_job_that_the_playbooks_name() -> None:
    people = {person["id"] for person in STAGE["team"]}
    roles = {role for person in STAGE["team"] for role in person["roles"]}
    assert roles == {"admin", "koordinator", "piket", "narahubung", "pimpinan", "pengelola"}
    assert len(STAGE["groups"]["pendamping"]) == 2
    named = {member for group in STAGE["groups"].values() for member in group} | set(STAGE["oncall"].values())
    assert named <= people
    assert sum("koordinator" in person["roles"] for person in STAGE["team"]) >= 2


def test_an_author_edits_only_the_own_words() -> None:
    written_by = {row["id"]: row["from"] for row in DAY}
    assert all(written_by[row["edit_of"]] == row["from"] for row in DAY if "edit_of" in row)


def test_no_line_holds_personal_data() -> None:
    assert all(find_personal_data(row["text"]) == () for row in DAY)


def test_the_rumour_spreads_within_minutes_and_some_deny_it() -> None:
    rumour = [row for row in DAY if row["at"] >= EVENING]
    assert {row["post"] for row in rumour} == {"air"}
    assert len({row["from"] for row in rumour}) == len(rumour)
    assert 8 <= len(rumour) <= 15
    assert rumour[-1]["at"] - rumour[0]["at"] <= 12 * 60
    first_five = [row["at"] for row in rumour][:5]
    assert first_five[-1] - first_five[0] <= 10 * 60
    denials = [row for row in rumour if "hoaks lama" in row["text"] or "itu hoaks" in row["text"]]
    assert len(denials) >= 2


def test_one_person_alone_needs_care_and_writes_in_private() -> None:
    about_life = [row for row in DAY if "bunuh-diri" in match(TOPICS, normalise(row["text"]))]
    assert [(row["from"], row["channel"]) for row in about_life] == [("Lintang", "dm")]
