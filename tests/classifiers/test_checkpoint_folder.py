"""What an operator reads when a model folder, an id or an installation is not as it should be."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from classifiers.base import Thresholds
from classifiers.checkpoint.folder import (
    MANIFEST,
    NETWORK,
    TOKENIZER,
    Manifest,
    may_become,
    put,
    read,
    sealed,
    write,
)
from classifiers.checkpoint.local import cached, checkpoint
from classifiers.choose import load
from classifiers.errors import MissingExtraError, ModelError
from classifiers.labels import Label

ID = "kantor/indobert-humas"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is whole as far as its manifest goes; its network is no network."""
    made = tmp_path / "model"
    made.mkdir()
    (made / NETWORK).write_bytes(b"jaringan" * 100)
    (made / TOKENIZER).write_text("{}")
    numbers = (1.0,) * len(Label)
    write(
        made,
        Manifest(
            name="kecil",
            precision="int8",
            max_tokens=64,
            pad=0,
            scale=numbers,
            bias=numbers,
            thresholds=dict.fromkeys(Label, Thresholds(0.7, 0.3)),
            files={name: sealed(made / name) for name in (NETWORK, TOKENIZER)},
            probe=(numbers,) * 4,
            about={"rows": 3},
        ),
    )
    return made


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Hugging Face cache of one's own, empty."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def downloaded(cache: Path, name: str, filename: str = "config.json") -> Path:
    home = cache / ("models--" + name.replace("/", "--"))
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text("abc123")
    (home / "snapshots" / "abc123").mkdir(parents=True)
    (home / "snapshots" / "abc123" / filename).write_text("{}")
    return home / "snapshots" / "abc123"


def test_a_manifest_comes_back_as_it_was_written(folder: Path) -> None:
    found = read(folder)
    assert (found.name, found.max_tokens, found.about) == ("kecil", 64, {"rows": 3})
    assert found.thresholds[Label.HATE] == Thresholds(0.7, 0.3)
    assert found.files[NETWORK][0] == 800


def test_a_cut_file_is_told_from_a_changed_and_an_absent_one(folder: Path) -> None:
    whole = (folder / NETWORK).read_bytes()
    (folder / NETWORK).write_bytes(whole[:-1])
    with pytest.raises(ModelError, match=r"terpotong: 799 dari 800 bita\. Salin ulang"):
        read(folder)
    (folder / NETWORK).write_bytes(whole[:-1] + b"?")
    with pytest.raises(ModelError, match="berubah sejak dibuat"):
        read(folder)
    (folder / NETWORK).unlink()
    with pytest.raises(ModelError, match="tidak ada"):
        read(folder)


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (
            {"labels": ["positif", "netral", "negatif"]},
            r"tidak dikenal: positif, netral, negatif\. Tanggap memakai",
        ),
        ({"labels": [label.value for label in reversed(Label)]}, "dalam urutan itu"),
        ({"format": 99}, "versi Tanggap lain"),
        ({"scale": [1.0]}, "rusak atau dari versi"),
        ({"bias": [float("nan")] * 8}, "rusak atau dari versi"),
        ({"thresholds": {}}, "rusak atau dari versi"),
        ({"files": {"../rahasia": [1, "x"]}}, "rusak atau dari versi"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(folder: Path, change: object, answer: str) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **dict(change)}))
    with pytest.raises(ModelError, match=answer):
        read(folder)


def test_a_half_written_manifest_is_refused(folder: Path) -> None:
    path = folder / MANIFEST
    path.write_text(path.read_text()[:200])
    with pytest.raises(ModelError, match="rusak"):
        read(folder)


def test_a_folder_that_is_no_model_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"bukan model Tanggap: tidak ada tanggap\.json"):
        load(str(tmp_path))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"belum disiapkan.*tanggap train --base"):
        load(str(tmp_path))


def test_an_id_that_was_never_downloaded_is_not_fetched(cache: Path) -> None:
    with pytest.raises(
        ModelError, match=rf"tidak mengunduh sendiri.*hf download {ID}.*tanggap train --base {ID}"
    ):
        load(ID)
    with pytest.raises(ModelError, match=f"hf download {ID}"):
        checkpoint(ID)


def test_an_id_in_the_cache_is_found_there(cache: Path) -> None:
    folder = downloaded(cache, ID)
    assert checkpoint(ID) == folder
    with pytest.raises(ModelError, match=f"{ID} belum dilatih: latih.*--base {ID}"):
        load(ID)


def test_a_half_finished_download_counts_as_none(cache: Path) -> None:
    downloaded(cache, ID)
    (cache / "models--kantor--indobert-humas" / "refs" / "main").write_text("")
    assert cached(ID) is None


@pytest.mark.parametrize("name", ["../../etc", "a/../../b", "a/b/c", "/etc/passwd", "..", "", "a b/c"])
def test_no_name_leads_out_of_the_cache(cache: Path, name: str) -> None:
    assert cached(name) is None


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"HF_HUB_CACHE": "{}/hub"}, "hub"),
        ({"HF_HOME": "{}/rumah"}, "rumah/hub"),
        ({"XDG_CACHE_HOME": "{}/simpanan"}, "simpanan/huggingface/hub"),
        ({"HOME": "{}"}, ".cache/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_usual_tools_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], place: str
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value.format(tmp_path))
    assert cached(ID) is None
    folder = downloaded(tmp_path / place, ID)
    assert cached(ID) == folder


def test_the_base_must_be_a_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tidak ada config\.json"):
        checkpoint(str(tmp_path))
    (tmp_path / "model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="adalah berkas"):
        checkpoint(str(tmp_path / "model.bin"))


def test_a_missing_package_is_named_with_the_way_to_install_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match=r"pip install -e '\.\[onnx\]'"):
        load(str(folder))


def test_the_command_says_what_is_missing_before_it_reads_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "torch", None)
    found = CliRunner().invoke(app, ["train", "--base", str(tmp_path)])
    assert found.exit_code == 1
    assert found.stderr.startswith("Melatih dari checkpoint memerlukan paket tambahan.")
    assert found.stderr.endswith("make finetune\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not importlib.util.find_spec("onnxruntime"), reason="needs the extra `onnx`")
def test_a_network_that_the_runtime_cannot_read_is_told_in_a_sentence(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"tidak dapat dijalankan onnxruntime \d"):
        load(str(folder))


def test_only_a_model_of_ours_is_replaced_and_it_is_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "dokumen").mkdir()
    may_become(tmp_path / "dokumen")
    (tmp_path / "dokumen" / "surat.txt").write_text("penting")
    for taken in (tmp_path / "dokumen", folder / NETWORK):
        with pytest.raises(ModelError, match="bukan folder model Tanggap"):
            may_become(taken)
    may_become(folder)
    for number in (1, 2):
        (tmp_path / f"baru{number}").mkdir()
        (tmp_path / f"baru{number}" / MANIFEST).write_text(str(number))
        put(tmp_path / f"baru{number}", folder)
    assert (folder / MANIFEST).read_text() == "2"
    assert (tmp_path / "model.sebelumnya" / MANIFEST).read_text() == "1"


def test_an_empty_folder_takes_no_earlier_model_away(tmp_path: Path) -> None:
    for name in ("model", "model.sebelumnya", "baru"):
        (tmp_path / name).mkdir()
    (tmp_path / "model.sebelumnya" / MANIFEST).write_text("1")
    put(tmp_path / "baru", tmp_path / "model")
    assert (tmp_path / "model.sebelumnya" / MANIFEST).read_text() == "1"


def test_starting_up_imports_nothing_heavy() -> None:
    code = (
        "import sys, bot.cli, classifiers.choose, classifiers.checkpoint.commands\n"
        "classifiers.choose.load()\n"
        "heavy = 'torch transformers onnxruntime onnx tokenizers sentencepiece sklearn scipy'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  (our own code)
    assert done.stdout.strip() == "[]"
