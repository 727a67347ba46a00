"""Tiny checkpoints of every family, made on the spot: random weights, vocabularies of authored comments.

Importing this skips the importing tests, and says why, where the extra `finetune` is not installed.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from classifiers.dataset import Row, authored

_WHY = "needs the extra `finetune` (make finetune)"
torch = pytest.importorskip("torch", reason=_WHY)
transformers = pytest.importorskip("transformers", reason=_WHY)
tokenizers = pytest.importorskip("tokenizers", reason=_WHY)
sentencepiece = pytest.importorskip("sentencepiece", reason=_WHY)
torch.set_num_threads(1)  # networks this small spend their time on waking each other's threads
pytest.importorskip("onnx", reason=_WHY)
pytest.importorskip("onnxruntime", reason=_WHY)

ROWS: Sequence[Row] = authored()[:: len(authored()) // 280]
FAMILIES = ("bert", "bert-old-file", "albert", "albert-with-wordpiece", "xlmr")
WORDS = 500
_SIZES: dict[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 66,
}


def make(family: str, folder: Path) -> Path:
    """A checkpoint folder as one finds it published: weights, configuration, vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    config = _config(family)
    transformers.logging.disable_progress_bar()
    model = transformers.AutoModel.from_config(config)
    model.save_pretrained(folder)
    if family == "bert-old-file":
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    if family == "albert":
        _pieces(folder / "spiece", pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols="[CLS],[SEP]")
    elif family == "xlmr":
        _pieces(folder / "sentencepiece.bpe", unk_id=0, bos_id=1, eos_id=2)
    else:
        _word_pieces(folder)
        (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": True}))
    return folder


def without(packages: Sequence[str], code: str) -> str:
    """What `code` prints in a fresh interpreter in which these packages cannot be imported."""
    block = f"import sys; sys.modules.update(dict.fromkeys({list(packages)!r}))\n"
    done = subprocess.run([sys.executable, "-c", block + code], capture_output=True, text=True, check=False)  # noqa: S603  (our own code)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _config(family: str) -> Any:
    if family.startswith("albert"):
        return transformers.AlbertConfig(vocab_size=WORDS, embedding_size=16, **_SIZES)
    if family == "xlmr":
        return transformers.XLMRobertaConfig(vocab_size=WORDS + 2, pad_token_id=1, **_SIZES)
    return transformers.BertConfig(vocab_size=WORDS, **_SIZES)


def _word_pieces(folder: Path) -> None:
    found = tokenizers.BertWordPieceTokenizer(lowercase=True)
    found.train_from_iterator([row.text for row in ROWS], vocab_size=WORDS, show_progress=False)
    found.save_model(str(folder))


def _pieces(prefix: Path, **options: object) -> None:
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([row.text.replace("\n", " ") for row in ROWS]),
        model_prefix=str(prefix),
        vocab_size=WORDS,
        minloglevel=2,
        **options,
    )
