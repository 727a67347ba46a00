"""A few deaths of the long incident; `benchmarks.kill_incident` dies at every point."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
def test_an_incident_goes_on_from_wherever_the_bot_died() -> None:
    command = [sys.executable, "-m", "benchmarks.kill_incident", "--first", "40", "--every", "280"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 - our own module
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 kills: 0 problems" in done.stdout
