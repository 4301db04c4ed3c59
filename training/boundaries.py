"""Trains what ends sentences: a small recurrent network over the words of a paragraph, and beside it a linear model over
hashed features of the words around a gap and of the sentence so far. `features` here and in `sentences.rs` must stay the
same.

    python boundaries.py --data DATA --base BASE --vectors vectors.pt \\
        --abbreviations ../crates/dateline-syntax/data/abbreviations.tsv --silver silver.conllu --out sentences.pt
    python export.py --checkpoint sentences.pt --base BASE --out ../models/en-sentences.bin

Behind every word but a paragraph's last it says whether a sentence ends there. `vectors.pt` holds the static vectors of
word pieces that `fast.py --vectors` leaves; their first dimensions, which matter most, are enough here.
"""

import argparse
import copy
import math
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from tokenizers import Tokenizer

from fast import Lexicon
from recurrent import PIECES, Body
from train import curly, recased

# What a word that ends with its own period may shorten; the order is the model's.
KINDS = ["", "c", "d", "e", "i", "l", "n", "o", "p", "s", "t"]
# Classes of a word: its shape, whether a space stands before it, what it shortens.
CLASSES = 8 * 2 * len(KINDS)
BUCKETS = 1 << 14
CLOSERS = {'"', "'", ")", "]"}
# Quotation marks count as straight ones: the spaces around them tell their direction.
PLAIN = {**{q: '"' for q in ("“", "”", "„", "``", "''", "‘’", "’’", "«", "»")}, **{q: "'" for q in ("‘", "’", "`")}}


def fnv(*parts):
    """Bucket of a feature; words count in lower case."""
    h = 0x811C9DC5
    for part in parts:
        for b in low(part).encode() + b"\x1f":
            h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h & (BUCKETS - 1)



def low(word):
    return "".join(c.lower() if "A" <= c <= "Z" else c for c in word)


def letter_class(c):
    return "u" if c.isupper() else "l" if c.islower() else "0" if c.isnumeric() else "."


def shape(word):
    if not word:
        return "-"
    return letter_class(word[0]) + letter_class(word[-1]) + str(min(len(word), 4))


def bucket(n):
    return "0" if n <= 0 else str(min(int(math.log2(n)), 6) + 1)


class Abbreviations:
    def __init__(self, path):
        self.known = {}
        for line in open(path, encoding="utf-8"):
            if line[0] != "#":
                word, kind, when = line.rstrip("\n").split("\t")
                self.known[word] = (kind, when == "capital")

    def kind(self, word):
        """One letter for what a word that ends with its own period shortens; empty if it is none."""
        if len(word) < 2 or not word.endswith("."):
            return ""
        stem = word[:-1]
        if len(stem) == 1:
            return "i" if stem.isupper() else ""
        if "." in stem:
            parts = stem.rstrip(".").split(".")
            short = all(p and len(p.encode()) <= 3 and p.isalpha() for p in parts)
            return "l" if short and any(len(p) == 1 for p in parts) else ""
        if len(stem) > 8 or not stem.isascii():
            return ""
        kind, capital = self.known.get(low(stem), ("", False))
        if not kind or capital and not stem[0].isupper():
            return ""
        return {"title": "t", "month": "d", "day": "d", "number": "n", "name": "s", "company": "c", "place": "p", "end": "e"}.get(kind, "o")


class State:
    """What is known of the sentence so far."""

    def __init__(self):
        self.words, self.quotes, self.depth = 0, 0, 0

    def add(self, word):
        self.words += 1
        if word == '"':
            self.quotes ^= 1
        elif word in ("“", "‘’", "``"):
            self.quotes = 1
        elif word in ("”", "’’", "''"):
            self.quotes = 0
        elif word in ("(", "["):
            self.depth = min(self.depth + 1, 3)
        elif word in (")", "]"):
            self.depth = max(self.depth - 1, 0)


def features(words, spaces, i, state, kind):
    """Buckets of the gap behind word `i`. `spaces[i]` says whether a space follows it."""
    at = lambda k: PLAIN.get(words[k], words[k]) if 0 <= k < len(words) else ""
    t, n, p, nn = at(i), at(i + 1), at(i - 1), at(i + 2)
    st, sn, sp, snn = shape(t), shape(n), shape(p), shape(nn)
    core = i
    while core > 0 and at(core) in CLOSERS:
        core -= 1
    c = at(core)
    space = "1" if spaces[i] else "0"
    before = "1" if i == 0 or spaces[i - 1] else "0"
    mark = t if not t[0].isalnum() and len(t) <= 3 else "w"
    core_mark = c if not c[0].isalnum() and len(c) <= 3 else "w"
    k = kind(t)
    inside = f"{state.quotes}{min(state.depth, 1)}"
    length, left = bucket(state.words), bucket(len(words) - i - 1)
    return [
        fnv("b"), fnv("t", t), fnv("n", n), fnv("st", st), fnv("sn", sn), fnv("t,sn", t, sn), fnv("st,sn", st, sn),
        fnv("st,n", st, n), fnv("p,t", p, t), fnv("sp,t,sn", sp, t, sn), fnv("snn", sn, snn), fnv("m,n", mark, n),
        fnv("m,sn,snn", mark, sn, snn), fnv("sp", mark, space, sn), fnv("c", c), fnv("c,sn", c, sn, mark),
        fnv("cm,m,sn", core_mark, mark, sn), fnv("k", k), fnv("k,sn", k, sn), fnv("k,n", k, n), fnv("k,sp,sn", k, sp, sn),
        fnv("q", inside, mark), fnv("q,sn", inside, core_mark, sn), fnv("l", length, mark), fnv("l,sn", length, core_mark, sn),
        fnv("r", left, mark), fnv("r,sn", left, core_mark, sn), fnv("lr", length, left, mark), fnv("m,n,q", mark, n, inside),
        fnv("g", mark, before, space), fnv("g,c,sn", mark, before, space, core_mark, sn),
    ]


def paragraphs(path, kind):
    """Words, whether a space follows each, and whether a sentence ends behind each, a paragraph at a time."""
    words, spaces, ends = [], [], []
    sentence, inside = [], None

    def end_sentence():
        nonlocal sentence
        if not sentence:
            return
        # An abbreviation that ends a sentence is two words there, but still one when the end is looked for.
        if len(sentence) > 2 and sentence[-1][0] == "." and not sentence[-2][1] and kind(sentence[-2][0] + "."):
            last = sentence.pop()
            sentence[-1] = (sentence[-1][0] + ".", last[1])
        for form, space in sentence:
            words.append(form)
            spaces.append(space)
            ends.append(False)
        ends[-1] = True
        sentence = []

    for line in list(open(path, encoding="utf-8")) + ["# newdoc"]:
        line = line.rstrip("\n")
        if line.startswith(("# newpar", "# newdoc")):
            end_sentence()
            if words:
                yield words, spaces, ends
            words, spaces, ends = [], [], []
        elif not line:
            end_sentence()
        elif line[0] != "#":
            cells = line.split("\t")
            if "-" in cells[0]:
                inside = (int(cells[0].split("-")[1]), "SpaceAfter=No" not in cells[9])
            elif "." not in cells[0]:
                space = "SpaceAfter=No" not in cells[9]
                if inside:
                    space = inside[1] if int(cells[0]) == inside[0] else False
                    if int(cells[0]) == inside[0]:
                        inside = None
                sentence.append((cells[1], space))


def plausible(words, ends):
    """Whether a paragraph that a program has split is free of the likeliest mistakes: no sentence is a word or two, or
    ends without a mark."""
    last = -1
    for i, end in enumerate(ends):
        if end:
            if i - last < 3 or words[i][-1] not in ".!?'\"\u201d)":
                return False
            last = i
    return True


class Sentences(nn.Module):
    def __init__(self, vocabulary, width=64, layers=2, drop=0.2, suffixes=1024):
        super().__init__()
        self.body = Body(vocabulary, width, layers, drop, suffixes, CLASSES)
        self.end = nn.Linear(width, 1)
        self.wide = nn.Embedding(BUCKETS + 1, 1, padding_idx=BUCKETS)
        nn.init.zeros_(self.wide.weight)
        self.drop = nn.Dropout(0.1)

    def forward(self, batch):
        return self.end(self.body(batch))[..., 0] + self.drop(self.wide(batch["wide"])).sum(2)[..., 0]


class Data:
    def __init__(self, paths, kind, lexicon, suffixes=1024, silver=None):
        self.rows, self.lexicon = [], lexicon
        for path in paths + ([silver] if silver else []):
            for words, spaces, ends in paragraphs(path, kind):
                if path == silver and not plausible(words, ends):
                    continue
                spaced = [True] + spaces[:-1]
                entries = [lexicon(w) for w in words]
                state, wide = State(), []
                for i, word in enumerate(words):
                    state.add(word)
                    wide.append(features(words, spaces, i, state, kind))
                    if ends[i]:
                        state = State()
                curled = [lexicon(w)[0] for w in curly(words)]
                self.rows.append(dict(
                    pieces=[e[0] for e in entries], curly=curled, suffixes=[e[1] % suffixes for e in entries],
                    shapes=[e[2] for e in entries], extra=[2 * KINDS.index(kind(w)) + s for w, s in zip(words, spaced)],
                    wide=wide, ends=ends, words=len(words)))

    def batches(self, size, rng=None):
        rows = []
        for row in self.rows:
            if rng and row["words"] > 400:
                start = rng.randrange(row["words"] - 399)
                row = {k: (v[start:start + 400] if k != "words" else 400) for k, v in row.items()}
            rows.append(row)
        rows.sort(key=lambda r: r["words"] + (rng.random() * 4 if rng else 0))
        out, batch = [], []
        for row in rows:
            if batch and row["words"] * (len(batch) + 1) > size:
                out.append(batch)
                batch = []
            batch.append(row)
        out.append(batch)
        if rng:
            rng.shuffle(out)
        return [self.collate(b, rng) for b in out]

    def collate(self, rows, rng):
        n = max(r["words"] for r in rows)
        pad = lambda v, fill: v + [fill] * (n - len(v))
        t = lambda f: torch.tensor(np.array([f(r) for r in rows]))
        none = [self.lexicon.none] * PIECES
        shapes = lambda r: recased(r["shapes"], rng) if rng else r["shapes"]
        return {
            "pieces": t(lambda r: pad(r["curly" if rng and rng.random() < 0.2 else "pieces"], none)),
            "suffixes": t(lambda r: pad(r["suffixes"], 0)),
            "shapes": t(lambda r: pad([s + 8 * x for s, x in zip(shapes(r), r["extra"])], 0)),
            "mask": t(lambda r: [True] * r["words"] + [False] * (n - r["words"])),
            "wide": t(lambda r: pad(r["wide"], [BUCKETS] * 31)),
            "ends": t(lambda r: pad([float(e) for e in r["ends"]], 0.0)),
            # The last word of a paragraph ends a sentence in any case.
            "asked": t(lambda r: [True] * (r["words"] - 1) + [False] * (n - r["words"] + 1)),
        }


@torch.no_grad()
def measure(model, data, floor):
    """F1 of sentences, on the treebank's own words."""
    model.eval()
    hit = made = gold = 0
    for batch in data.batches(6000):
        scores = model(batch)
        for s, e, asked, mask in zip(scores, batch["ends"], batch["asked"], batch["mask"]):
            n = int(mask.sum())
            spans = lambda ends: set(zip([0] + [i + 1 for i in ends[:-1]], ends))
            p = spans([i for i in range(n) if i == n - 1 or s[i] > floor])
            g = spans([i for i in range(n) if i == n - 1 or e[i] > 0])
            hit, made, gold = hit + len(p & g), made + len(p), gold + len(g)
    model.train()
    return round(200 * hit / (made + gold), 2)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--vectors", required=True)
    p.add_argument("--abbreviations", required=True)
    p.add_argument("--silver", help="news in CoNLL-U, split by the program as it is")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--rate", type=float, default=3e-3)
    p.add_argument("--width", type=int, default=64)
    p.add_argument("--drop", type=float, default=0.3)
    p.add_argument("--tables", type=float, default=0.25, help="share of the learning rate that the tables of words learn at")
    p.add_argument("--mean", type=float, default=0.0, help="what a step leaves of the running mean of the weights")
    p.add_argument("--threads", type=int, default=0)
    a = p.parse_args()
    if a.threads:
        torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    rng = random.Random(1)
    kind = Abbreviations(a.abbreviations).kind
    tokenizer = Tokenizer.from_file(f"{a.base}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lexicon = Lexicon(tokenizer)
    part = lambda name: f"{a.data}/syntax/{name}.conllu"
    train = Data([part("ewt-train"), part("gum-train")], kind, lexicon, silver=a.silver)
    dev, news = Data([part("ewt-dev")], kind, lexicon), Data([part("gum-dev")], kind, lexicon)
    model = Sentences(lexicon.none, a.width, drop=a.drop)
    with torch.no_grad():
        model.body.words.pieces.weight.copy_(torch.load(a.vectors, weights_only=True)[:, :a.width])
    tables = [p for n, p in model.named_parameters() if n.startswith("body.words.")]
    wide = [model.wide.weight]
    others = [p for n, p in model.named_parameters() if not n.startswith(("body.words.", "wide."))]
    optimizer = torch.optim.AdamW([{"params": tables, "lr": a.rate * a.tables, "weight_decay": 0.0},
                                   {"params": wide, "lr": a.rate, "weight_decay": 0.1},
                                   {"params": others, "lr": a.rate, "weight_decay": 0.01}], betas=(0.9, 0.98))
    steps = a.epochs * len(train.batches(3000, random.Random(1)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 50, max(0.02, 1 - s / steps)))
    mean = copy.deepcopy(model)
    began = time.time()
    for epoch in range(a.epochs):
        total = 0.0
        work = train.batches(3000, rng)
        for batch in work:
            scores = model(batch)
            loss = F.binary_cross_entropy_with_logits(scores[batch["asked"]], batch["ends"][batch["asked"]])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(others, 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for m, w in zip(mean.parameters(), model.parameters()):
                    m.lerp_(w, 1 - a.mean)
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(work):.4f}, sentences of EWT dev and GUM dev at three floors:",
              *((f, measure(mean, dev, f), measure(mean, news, f)) for f in (-0.5, 0.0, 0.5)), f"after {(time.time() - began) / 60:.1f} min", flush=True)
        torch.save({"kind": "sentences", "model": mean.state_dict(), "layers": 2}, a.out)


if __name__ == "__main__":
    main()
