"""The network that learns: a checkpoint's body, and a head over the mean of its last layer."""

import contextlib
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.checkpoint.libraries import runtime, training
from classifiers.checkpoint.scoring import Run
from classifiers.errors import ModelError
from classifiers.labels import Label

LONGEST = 128
"""Real comments have 22 pieces at the median and 71 at the 99th percentile."""

_DROPOUT = 0.1
_POOLER = ("pooler.", "cls.", "lm_head.", "predictions.")  # parts of a body that this head does not use


def tokenizer_of(folder: Path, kind: str) -> Any:
    """The checkpoint's tokenizer as the run-time library knows it. Raises ModelError.

    The files decide, not the architecture alone: some ALBERT checkpoints come with a WordPiece vocabulary,
    and read as SentencePiece every word of theirs becomes unknown.
    """
    library, transformers = runtime("tokenizers"), training("transformers")
    try:
        if (folder / "tokenizer.json").is_file():
            return library.Tokenizer.from_file(str(folder / "tokenizer.json"))
        if (folder / "vocab.txt").is_file() and not any(folder.glob("*.model")):
            found = transformers.BertTokenizerFast.from_pretrained(folder, local_files_only=True)
        else:
            found = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        return library.Tokenizer.from_str(found.backend_tokenizer.to_str())
    except Exception as error:
        raise ModelError(
            f"Tokenizer checkpoint {folder} ({kind}) tidak dapat dibaca: perlu tokenizer.json, vocab.txt, "
            "atau berkas SentencePiece (*.model) yang utuh. Unduh ulang checkpoint itu."
        ) from error


def config_of(folder: Path) -> Any:
    """The checkpoint's configuration. Raises ModelError."""
    transformers = training("transformers")
    try:
        json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
    except Exception as error:
        raise ModelError(
            f"{folder / 'config.json'} rusak atau jenis modelnya tidak dikenal. Unduh ulang checkpoint itu, "
            "atau pilih keluarga BERT, ALBERT, RoBERTa atau XLM-R."
        ) from error


def network_of(folder: Path, config: Any) -> Any:
    """Body and fresh head. Raises ModelError for files that are missing, cut short or of another shape."""
    torch, transformers = training("torch"), training("transformers")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    try:
        body, about = transformers.AutoModel.from_pretrained(
            folder,
            config=config,
            local_files_only=True,
            output_loading_info=True,
            attn_implementation="eager",  # the one whose graph the exporter writes for every length
            dtype=torch.float32,
        )
    except Exception as error:
        raise ModelError(
            f"Bobot checkpoint {folder} tidak dapat dibaca: berkasnya hilang, terpotong, atau tidak cocok "
            "dengan config.json. Unduh ulang checkpoint itu."
        ) from error
    absent = [key for key in about["missing_keys"] if not key.startswith(_POOLER)]
    if absent or about.get("mismatched_keys"):
        raise ModelError(
            f"Bobot checkpoint {folder} tidak lengkap (tidak ada {absent[0] if absent else 'yang cocok'}). "
            "Unduh ulang checkpoint itu."
        )
    return _with_head(torch, body, int(config.hidden_size))


def longest_of(config: Any) -> int:
    """Window length in tokens. Some families keep two places of theirs for themselves."""
    return max(8, min(LONGEST, int(getattr(config, "max_position_embeddings", LONGEST + 2)) - 2))


def runner(network: Any, device: str) -> Run:
    """The network as a function of ids and mask, dropout off."""
    torch = training("torch")

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        network.eval()
        with torch.inference_mode():
            odds = network(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
        found: NDArray[np.float32] = odds.float().cpu().numpy()
        return found

    return run


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps the libraries' own remarks, which are for developers, off the operator's screen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _with_head(torch: Any, body: Any, width: int) -> Any:
    def forward(self: Any, ids: Any, mask: Any) -> Any:
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        weigh = mask.unsqueeze(-1).to(states.dtype)
        return self.head(self.dropout((states * weigh).sum(1) / weigh.sum(1)))

    # Made here because its parent class is known only once torch is.
    network = type("Network", (torch.nn.Module,), {"forward": forward})()
    network.body = body
    network.dropout = torch.nn.Dropout(_DROPOUT)
    network.head = torch.nn.Linear(width, len(Label))
    return network
