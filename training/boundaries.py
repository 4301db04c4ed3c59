"""Trains the classifier that ends sentences, and writes its weights: little-endian 32-bit floats and nothing else.

    python boundaries.py --data DATA --abbreviations ../crates/dateline-syntax/data/abbreviations.tsv \\
        --out ../models/en-sentences.bin

After every word of a paragraph but its last the classifier says whether a sentence ends there. It is a logistic
regression over hashed features of the words around the gap and of the sentence so far; `features` here and in
`sentences.rs` must stay the same.
"""

import argparse
import math

import numpy as np

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


def examples(paths, kind):
    out = []
    for path in paths:
        for words, spaces, ends in paragraphs(path, kind):
            state = State()
            for i in range(len(words) - 1):
                state.add(words[i])
                out.append((features(words, spaces, i, state, kind), ends[i]))
                if ends[i]:
                    state = State()
    return out


def train(rows, epochs, rate, decay):
    x = np.array([r for r, _ in rows], dtype=np.int32)
    y = np.array([e for _, e in rows], dtype=np.float32)
    w, squares = np.zeros(BUCKETS, np.float64), np.full(BUCKETS, 1e-8)
    rng = np.random.default_rng(1)
    size = 64
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        loss = 0.0
        for at in range(0, len(order), size):
            b = order[at:at + size]
            p = 1 / (1 + np.exp(-np.clip(w[x[b]].sum(1), -30, 30)))
            loss += -np.log(np.where(y[b] > 0, p, 1 - p) + 1e-9).sum()
            g = np.zeros(BUCKETS)
            np.add.at(g, x[b], (p - y[b])[:, None])
            seen = np.nonzero(g)[0]
            gs = g[seen] + decay * w[seen]
            squares[seen] += gs * gs
            w[seen] -= rate * gs / np.sqrt(squares[seen])
        print(f"epoch {epoch + 1}: loss {loss / len(x):.5f}", flush=True)
    return w


def score(w, rows, floor=0.0):
    x = np.array([r for r, _ in rows])
    y = np.array([e for _, e in rows])
    p = w[x].sum(1) > floor
    hit = (p & y).sum()
    return f"gaps {len(y)} ends {y.sum()} precision {100 * hit / p.sum():.2f} recall {100 * hit / y.sum():.2f}"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--abbreviations", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--rate", type=float, default=0.15)
    p.add_argument("--decay", type=float, default=0.05)
    a = p.parse_args()
    kind = Abbreviations(a.abbreviations).kind
    part = lambda name: f"{a.data}/syntax/{name}.conllu"
    rows = examples([part("ewt-train"), part("gum-train")], kind)
    dev = examples([part("ewt-dev")], kind)
    news = examples([part("gum-dev")], kind)
    w = train(rows, a.epochs, a.rate, a.decay)
    for floor in (-0.5, 0.0, 0.5):
        print(floor, "ewt-dev:", score(w, dev, floor), "gum-dev:", score(w, news, floor))
    w.astype("<f4").tofile(a.out)


if __name__ == "__main__":
    main()
