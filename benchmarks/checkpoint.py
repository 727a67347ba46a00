"""A converted checkpoint beside the transformers `pipeline()`, and the embedded model beside both.

    OMP_NUM_THREADS=1 python -m benchmarks.checkpoint [--texts 96] [--rounds 5] [--layers 12]

A network of the size of BERT-base with random weights: speed does not depend on what it knows. Every
contender runs in a process of its own on one thread, over the same authored comments, in turns; time is CPU
time, memory the peak of the process (Linux only). Needs the extra `finetune`. Quote the ratios, not the
milliseconds. The best of the rounds counts for each: what else the machine does only ever adds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from classifiers.checkpoint.building import Built, Precision, build, vouch
from classifiers.checkpoint.judging import held
from classifiers.checkpoint.preparing import opened
from classifiers.dataset import Row, authored
from classifiers.labels import Label

MEASURE = """
import json, resource, sys, time
from pathlib import Path
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
def peak():
    return int(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]) / 1024
texts = json.loads(Path(sys.argv[1]).read_text())
{start}
ask([texts[0]])
started, after_start = cpu(), peak()
ask(texts[:8])
single = []
for text in texts[: len(texts) // 4]:
    begin = cpu()
    ask([text])
    single.append(cpu() - begin)
begin = cpu()
ask(texts)
burst = (cpu() - begin) / len(texts)
single.sort()
print(json.dumps([started, after_start, single[len(single) // 2], burst, peak()]))
"""
QUIET = "import os, warnings; warnings.simplefilter('ignore'); os.environ['HF_HUB_OFFLINE'] = '1'; "
PIPELINE = QUIET + (
    "import torch, transformers; torch.set_num_threads(1); transformers.logging.set_verbosity_error(); "
    "transformers.logging.disable_progress_bar(); "
    "pipe = transformers.pipeline('text-classification', model={base!r}, top_k=None); ask = pipe"
)
CONVERTED = "from classifiers.choose import load; ask = load({folder!r}).{what}"
EMBEDDED = "from classifiers.choose import load; ask = load().classify"
IMPORTED = QUIET + "import torch, transformers; transformers.pipeline; ask = len"
SCORES = "from classifiers.choose import load; ask = load().scores"
NOTHING = "ask = len"


def checkpoint(folder: Path, layers: int) -> None:
    """A checkpoint on disk as one would download it: fp32, WordPiece, a classifying head of eight."""
    import torch  # noqa: PLC0415  (after the command line is read: this takes seconds)
    import transformers  # noqa: PLC0415
    from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415

    words = BertWordPieceTokenizer(lowercase=True)
    words.train_from_iterator([row.text for row in authored()], vocab_size=31000, show_progress=False)
    folder.mkdir()
    words.save_model(str(folder))
    torch.manual_seed(0)
    shape = transformers.BertConfig(vocab_size=31923, num_labels=len(Label), num_hidden_layers=layers)
    shape.problem_type = "multi_label_classification"
    transformers.logging.disable_progress_bar()
    transformers.AutoModelForSequenceClassification.from_config(shape).save_pretrained(folder)


def converted(base: Path, folder: Path, rows: list[Row]) -> Built:
    """The same weights as Tanggap runs them, int8: what the gate says of random weights means nothing."""
    body = opened(str(base), 0)
    texts = held(body.reader, rows)
    folder.mkdir()
    built = build(body, (texts, texts), Precision.INT8, folder, lambda *_: None)
    vouch(folder, body, built, {})
    return built


def measured(start: str, texts: Path) -> list[float]:
    """CPU s and MB at the first answer; CPU s per text alone (p50) and in a burst; MB at the end."""
    command = [sys.executable, "-c", MEASURE.replace("{start}", start), str(texts)]
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(command, capture_output=True, text=True, env=alone, check=False)  # noqa: S603  (our own code)
    if done.returncode:
        sys.exit(done.stderr)
    found: list[float] = json.loads(done.stdout)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=int, default=96)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--layers", type=int, default=12)
    wanted = arguments.parse_args()
    chance = np.random.default_rng(0).permutation(len(authored()))
    rows = [authored()[place] for place in chance[: wanted.texts]]
    with tempfile.TemporaryDirectory() as home:
        base, folder, texts = Path(home) / "base", Path(home) / "model", Path(home) / "texts.json"
        texts.write_text(json.dumps([row.text for row in rows]))
        checkpoint(base, wanted.layers)
        converted(base, folder, rows[:32])
        contenders = {
            "transformers pipeline()": PIPELINE.format(base=str(base)),
            "converted, int8, with reasons": CONVERTED.format(folder=str(folder), what="classify"),
            "converted, int8, scores only": CONVERTED.format(folder=str(folder), what="scores"),
            "embedded, with reasons": EMBEDDED,
            "embedded, scores only": SCORES,
            "torch + transformers, imported": IMPORTED,
            "an empty interpreter": NOTHING,
        }
        rounds = [
            {name: measured(start, texts) for name, start in contenders.items()} for _ in range(wanted.rounds)
        ]
    report({name: [min(one[name][i] for one in rounds) for i in range(5)] for name in contenders})


def report(found: dict[str, list[float]]) -> None:
    """The table and the ratios."""
    print(f"{'one thread, CPU time':34}   ms, p50  alone /s  burst /s  start s    MB  peak")
    for name, (started, first, single, burst, last) in found.items():
        speed = " " * 30
        if single > 1e-5:  # the last two answer nothing
            speed = f"{single * 1e3:10.2f}{1 / single:10.0f}{1 / burst:10.0f}"
        print(f"{name:34}{speed}{started:9.2f}{first:6.0f}{last:6.0f}")
    pipe, ours, plain, own, scores, libraries, nothing = found.values()
    for name, one in (("with reasons", ours), ("scores only, as pipeline()", plain)):
        alone, burst = pipe[2] / one[2], pipe[3] / one[3]
        print(f"checkpoint, {name}: {alone:.1f}x alone (bar 4), {burst:.1f}x in a burst (bar 7)")
    print(f"checkpoint, peak memory: {pipe[4] / ours[4]:.1f}x less (bar 2.5)")
    for name, one in (("with reasons", own), ("scores only, as pipeline()", scores)):
        print(
            f"embedded, {name}: {pipe[2] / one[2]:.0f}x alone, {pipe[3] / one[3]:.0f}x in a burst (bar 200)"
        )
    print(f"embedded, memory: {libraries[1] / own[1]:.1f}x less than torch + transformers imported (bar 8)")
    print(f"embedded, first answer: {libraries[0] / own[0]:.1f}x sooner than they are imported (bar 15)")
    memory, start = ((libraries[i] - nothing[i]) / (own[i] - nothing[i]) for i in (1, 0))
    print(f"the same above an empty interpreter: {memory:.1f}x memory, {start:.1f}x start")


if __name__ == "__main__":
    main()
