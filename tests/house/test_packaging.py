"""What `pip install` of this folder would do: build with what was tried, and leave no file of data behind."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NO_DATA = {"", ".py", ".md"}
"""Code travels by itself, and what is only read in the repository may stay there."""


def test_what_builds_has_an_end_as_every_dependency_has() -> None:
    """No lock file reaches the build: a version that nobody tried would come by itself."""
    wanted = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    loose = [one for one in wanted if not re.search(r"<\s*\d", one) and "sys_platform" not in one]
    assert loose == []


@pytest.mark.parametrize("package", ["bot", "classifiers", "playbooks"])
def test_every_kind_of_data_that_is_committed_is_installed(package: str) -> None:
    listed = subprocess.run(  # noqa: S603 - git of this machine, and one of three names from above
        ["git", "ls-files", package],  # noqa: S607 - wherever it is installed
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    if not listed:
        pytest.skip("no repository here: an archive of it has nothing to list")
    kinds = {Path(one).suffix for one in listed} - NO_DATA
    taken = {Path(one).suffix for one in PROJECT["tool"]["setuptools"]["package-data"][package]}
    assert kinds <= taken
