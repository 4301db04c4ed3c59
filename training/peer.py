"""Trains a spaCy pipeline of the small kind on the same treebank and measures it beside Dateline's engines.

    python peer.py --data DATA --work WORK [--sentences N] [--epochs N]

Makes a virtual environment in WORK, installs spaCy there from the package registry, trains a hashed-embedding
convolutional tok2vec with a tagger and a parser on `syntax/ewt-train.conllu`, and measures it and every engine of
`dateline-eval` on `syntax/ewt-dev.conllu`, in turns, on one core. All get the treebank's words and sentences.
Relations are compared without their subtypes and punctuation counts, as in `dateline-eval syntax`. spaCy's figure of
speed counts tagger and parser alone: no lemmas, no names.
"""

import argparse
import os
import re
import subprocess
import sys
import time
import venv
from pathlib import Path

import treebank

SPACY = "spacy==3.8.*"
ROUNDS = 3
REPOSITORY = Path(__file__).resolve().parent.parent
# Set before anything that multiplies matrices is loaded.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}

CONFIG = """
[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","parser"]

[components]
[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
@architectures = "spacy.HashEmbedCNN.v2"
pretrained_vectors = null
width = 96
depth = 4
embed_size = 2000
window_size = 1
maxout_pieces = 3
subword_features = true

[components.tagger]
factory = "tagger"
[components.tagger.model]
@architectures = "spacy.Tagger.v2"
nO = null
[components.tagger.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96

[components.parser]
factory = "parser"
[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null
[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96

[corpora]
[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${paths.train}
[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${paths.dev}

[paths]
train = null
dev = null

[training]
seed = 1
dropout = 0.1
patience = 0
max_steps = 0
max_epochs = 10
eval_frequency = 400
dev_corpus = "corpora.dev"
train_corpus = "corpora.train"
[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.001
[training.batcher]
@batchers = "spacy.batch_by_words.v1"
size = 1000
tolerance = 0.2
discard_oversize = false
[training.score_weights]
tag_acc = 0.3
dep_las = 0.7
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--sentences", type=int, help="train on so many sentences only, to try the script")
    arguments = parser.parse_args()
    if Path(sys.prefix).resolve() != (arguments.work / "venv").resolve():
        return inside(arguments.work)
    train = rows(arguments.data / "syntax/ewt-train.conllu")[: arguments.sentences]
    dev = rows(arguments.data / "syntax/ewt-dev.conllu")
    model = trained(arguments.work, train, dev, arguments.epochs)
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "dateline-eval"], cwd=REPOSITORY, check=True)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core, for what is started from here too
    figures = measured(model, dev, arguments.data / "syntax/ewt-dev.conllu")
    print(f"\n{'':34} UPOS    UAS    LAS  tokens a second")
    for name, found in figures.items():
        if isinstance(found, str):
            print(f"{name:32} {found}")
        else:
            print(f"{name:32} {found['UPOS']:6.2f} {found['UAS']:6.2f} {found['LAS']:6.2f}  {found['speed']:9,.0f}")


def inside(work):
    """Runs this script again inside an environment of its own."""
    python = work / "venv/bin/python"
    if not python.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", SPACY], check=True)
    done = subprocess.run([python, *sys.argv], env={**os.environ, **ONE_THREAD})
    sys.exit(done.returncode)


def rows(path):
    """Sentences as lists of (form, tag, head from 0 or None, relation)."""
    word = lambda cells: (cells[1], cells[3], int(cells[6]) - 1 if cells[6] != "0" else None, cells[7])
    return [[word(cells) for cells in sentence] for _, sentence in treebank.conllu(path)]


def trained(work, train, dev, epochs):
    """The best pipeline on the development part."""
    from spacy.cli.train import train as run
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    for name, sentences in (("train", train), ("dev", dev)):
        # Some sentences a document, so that the parser also learns where one ends.
        size = 8 if name == "train" else 1
        pack = DocBin()
        for start in range(0, len(sentences), size):
            words, tags, heads, relations, starts = [], [], [], [], []
            for sentence in sentences[start : start + size]:
                base = len(words)
                for i, (form, tag, head, relation) in enumerate(sentence):
                    words.append(form)
                    tags.append(tag)
                    heads.append(base + (i if head is None else head))
                    relations.append("ROOT" if head is None else relation)
                    starts.append(i == 0)
            pack.add(Doc(vocab, words=words, tags=tags, heads=heads, deps=relations, sent_starts=starts))
        pack.to_disk(work / f"{name}.spacy")
    (work / "config.cfg").write_text(CONFIG)
    overrides = {
        "paths.train": str(work / "train.spacy"),
        "paths.dev": str(work / "dev.spacy"),
        "training.max_epochs": epochs,
        "training.eval_frequency": 100 if len(train) < 1000 else 400,
    }
    from spacy.cli.init_config import fill_config

    fill_config(work / "full.cfg", work / "config.cfg", silent=True)
    began = time.monotonic()
    run(work / "full.cfg", work / "model", overrides=overrides)
    print(f"trained in {(time.monotonic() - began) / 60:.0f} minutes")
    import spacy

    return spacy.load(work / "model/model-best")


def measured(model, dev, path):
    """Figures by name; each engine's speed is the best of a few turns."""
    import spacy

    peer = f"spaCy {spacy.__version__} tok2vec, EWT"
    figures = {}
    for _ in range(ROUNDS):
        keep(figures, peer, of_spacy(model, dev))
        for engine in ("standard", "fast"):
            keep(figures, f"dateline {engine}", of_dateline(engine, path))
    return figures


def keep(figures, name, found):
    before = figures.get(name)
    if isinstance(before, dict) and isinstance(found, dict):
        found["speed"] = max(found["speed"], before["speed"])
    figures[name] = found


def of_spacy(model, dev):
    from spacy.tokens import Doc

    docs = []
    for sentence in dev:
        starts = [True] + [False] * (len(sentence) - 1)
        docs.append(Doc(model.vocab, words=[row[0] for row in sentence], sent_starts=starts))
    began = time.perf_counter()
    parsed = list(model.pipe(docs, batch_size=128))
    seconds = time.perf_counter() - began
    base = lambda relation: relation.split(":")[0].lower()
    total = tags = heads = labelled = 0
    for sentence, doc in zip(dev, parsed):
        for (_, tag, head, relation), token in zip(sentence, doc):
            found = None if token.head is token or token.head.i == token.i else token.head.i
            total += 1
            tags += token.tag_ == tag
            heads += found == head
            labelled += found == head and base(token.dep_) == base(relation)
    percent = lambda n: 100 * n / total
    return {"UPOS": percent(tags), "UAS": percent(heads), "LAS": percent(labelled), "speed": total / seconds}


def of_dateline(engine, path):
    command = ["cargo", "run", "--quiet", "--release", "-p", "dateline-eval", "--", "syntax", "--gold", path]
    done = subprocess.run([*command, "--engine", engine], cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        return next(line for line in done.stderr.splitlines() if line.lower().startswith("error"))
    figure = lambda name: float(re.search(rf"^ *{name} +([\d.]+)", done.stdout, re.MULTILINE)[1])
    return {"UPOS": figure("UPOS"), "UAS": figure("UAS"), "LAS": figure("LAS"), "speed": figure("tokens")}


if __name__ == "__main__":
    main()
