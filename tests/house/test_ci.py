"""What CI runs. A machine that has no browser, or cannot get what is optional, still runs the tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[2] / ".ci/run"
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="CI's script is for bash")


def run(folder: Path, *failing: str, user: int = 0) -> tuple[int, list[str], str]:
    """The script on a machine without a browser, where these commands fail; what it did and what it said."""
    done = folder / "done"
    told = f'() {{ echo "$FUNCNAME $1" >> {done}; [[ "{" ".join(failing)}" != *"$FUNCNAME $1"* ]]; }}'
    acts = {"apt-get": told, "make": told, "id": f"() {{ echo {user}; }}", "timeout": '() { shift; "$@"; }'}
    for name in ("bash", "dirname"):
        (folder / name).symlink_to(str(shutil.which(name)))
    ended = subprocess.run(  # noqa: S603 - our own script
        [str(folder / "bash"), str(RUN)],
        env={f"BASH_FUNC_{name}%%": act for name, act in acts.items()} | {"PATH": str(folder)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return ended.returncode, done.read_text("utf-8").splitlines(), ended.stderr


def test_it_gets_a_browser_and_what_fine_tuning_needs_and_runs_the_tests(tmp_path: Path) -> None:
    code, done, said = run(tmp_path)
    assert (code, said) == (0, "")
    assert done == ["apt-get update", "apt-get install", "make finetune", "make test"]


def test_without_packages_of_the_system_the_tests_run_all_the_same(tmp_path: Path) -> None:
    code, done, said = run(tmp_path, "apt-get update")
    assert (code, done[-2:]) == (0, ["make finetune", "make test"])
    assert "Chromium could not be installed; its tests are skipped" in said


def test_without_what_fine_tuning_needs_they_do_so_too(tmp_path: Path) -> None:
    code, done, said = run(tmp_path, "make finetune", user=1000)
    assert (code, done) == (0, ["make finetune", "make test"]), "only root installs packages of the system"
    assert "what fine-tuning needs could not be installed" in said


def test_a_test_that_fails_fails_the_run(tmp_path: Path) -> None:
    assert run(tmp_path, "make test")[0] != 0
