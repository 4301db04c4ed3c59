"""Trains the syntax model on the treebanks and name sets, and writes a checkpoint.

    python train.py --data DATA --base BASE --out OUT.pt [--layers 6] [--epochs 8]
    python train.py --data DATA --base BASE --out OUT.pt --resume BEFORE.pt --rate 0.6 --epochs 3
    python train.py --data DATA --base BASE --out OUT.pt --resume BEFORE.pt --inner 1024 --words-after 3 --doubt 0.2

DATA holds `syntax/` and `names/`; BASE is the unpacked folder of the pretrained encoder (`model.safetensors`,
`config.json`, `tokenizer.json`). With `--resume` a checkpoint goes on learning, at `--rate` of the full learning rate,
falling to nothing; `--inner` first makes its feed-forward layers narrower,
`--words-after` drops all but the first pieces of words after so many layers, and `--doubt` takes out of the noisy name
labels those that the checkpoint holds for unlikely. Then `export.py` packs the checkpoint into the file that the program reads.
"""

import argparse
import collections
import pathlib
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import swaps
import treebank
from model import MAX_PIECES, Encoder, Syntax, shape

IGNORE = -100
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def half_precision():
    """Numbers of 16 bits where the device is quick with them; most processors are not."""
    return torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=DEVICE == "cuda")


def load(data, news=None):
    names = treebank.iob2(f"{data}/names/uner-ewt-train-draft.iob2")
    names, _ = treebank.corrected(names, pathlib.Path(__file__).parent / "names/ewt-train.tsv")
    train = list(treebank.treebank(f"{data}/syntax/ewt-train.conllu", names))
    for sentence in train:
        sentence.own_names = True
    gum = f"{data}/syntax/gum-train.conllu"
    train += list(treebank.treebank(gum, treebank.gum_names(gum), noisy=True))
    train += list(treebank.wikigold(f"{data}/names/wikigold.conll"))
    if news:
        train += list(treebank.news(news, pathlib.Path(__file__).parent / "names/news.tsv"))
    dev = list(treebank.treebank(f"{data}/syntax/ewt-dev.conllu", treebank.iob2(f"{data}/names/uner-ewt-dev.iob2")))
    return train, dev


def label_sets(train):
    scripts = collections.Counter(treebank.lemma_script(f, l) for s in train if s.lemmas for f, l in zip(s.forms, s.lemmas))
    return {
        "upos": sorted({t for s in train for t in s.upos or []}),
        "xpos": sorted({t for s in train for t in s.xpos or []}),
        "lemma": sorted(k for k, n in scripts.items() if n >= 2),
        "name": ["O"] + [f"{p}-{t}" for t in treebank.NAME_TYPES for p in "BI"],
        "relation": sorted({r for s in train for r in s.relations or []}),
    }


class Encoded:
    """Sentences as arrays of numbers, made once."""

    def __init__(self, sentences, tokenizer, labels):
        index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
        cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        unk = tokenizer.token_to_id("[UNK]")
        cache = {}
        self.rows = []
        for s in sentences:
            curled = curly(s.forms)
            pieces, shapes, first, other = [cls], [0], [], [cls]
            for form, curl in zip(s.forms, curled):
                for f in (form, curl):
                    if f not in cache:
                        cache[f] = (tokenizer.encode(f, add_special_tokens=False).ids or [unk])[:MAX_PIECES]
                if len(pieces) + len(cache[form]) > 500:
                    break
                first.append(len(pieces))
                pieces += cache[form]
                other += cache[curl if len(cache[curl]) == len(cache[form]) else form]
                shapes += [shape(form)] * len(cache[form])
            pieces.append(sep)
            other.append(sep)
            shapes.append(0)
            n = len(first)
            get = lambda field, name: [index[name].get(v, IGNORE) for v in field[:n]] if field else [IGNORE] * n
            scripts = [treebank.lemma_script(f, l) for f, l in zip(s.forms, s.lemmas)] if s.lemmas else None
            heads = [h if h is not None and h <= n else IGNORE for h in s.heads[:n]] if s.heads else [IGNORE] * n
            self.rows.append(dict(
                pieces=pieces, curly=other, shapes=shapes, first=first, words=n, doubtful=s.noisy_names,
                upos=get(s.upos, "upos"), xpos=get(s.xpos, "xpos"), lemma=get(scripts, "lemma"),
                name=get(s.names, "name"), head=heads, relation=get(s.relations, "relation")))

    def batches(self, size, rng=None, rows=None):
        """Batches of about `size` word pieces, of sentences of like length; of all sentences or of some `rows`."""
        order = list(range(len(self.rows)) if rows is None else rows)
        if rng:
            rng.shuffle(order)
            order.sort(key=lambda i: len(self.rows[i]["pieces"]) + rng.random() * 8)
        out, batch, longest = [], [], 0
        for i in order:
            longest = max(longest, len(self.rows[i]["pieces"]))
            if batch and longest * (len(batch) + 1) > size:
                out.append(batch)
                batch, longest = [], len(self.rows[i]["pieces"])
            batch.append(i)
        out.append(batch)
        if rng:
            rng.shuffle(out)
        for b in out:
            yield self.collate([self.rows[i] for i in b], rng)

    def count(self, size, rows):
        """How many batches there will be, but for what chance changes."""
        rng = random.Random(0)
        count, held, longest = 1, 0, 0
        for length in sorted(len(self.rows[i]["pieces"]) + rng.random() * 8 for i in rows):
            longest = max(longest, int(length))
            if held and longest * (held + 1) > size:
                count, held, longest = count + 1, 0, int(length)
            held += 1
        return count

    def collate(self, rows, rng):
        width = max(len(r["pieces"]) for r in rows)
        words = max(r["words"] for r in rows)
        pad = lambda key, n, fill: torch.tensor(np.array([r[key] + [fill] * (n - len(r[key])) for r in rows]))
        batch = {"pieces": pad("curly" if rng and rng.random() < 0.2 else "pieces", width, 0), "first": pad("first", words, -1)}
        shapes = [recased(r["shapes"], rng) if rng else r["shapes"] for r in rows]
        batch["shapes"] = torch.tensor(np.array([s + [0] * (width - len(s)) for s in shapes]))
        batch["mask"] = torch.tensor(np.array([[True] * len(r["pieces"]) + [False] * (width - len(r["pieces"])) for r in rows]))
        for key in ("upos", "xpos", "lemma", "name", "head", "relation"):
            batch[key] = pad(key, words, IGNORE)
        return {k: v.to(DEVICE, non_blocking=True) for k, v in batch.items()}


def curly(forms):
    """The words with typographic quotation marks and apostrophes in place of the typewriter's."""
    out, opened = [], False
    for form in forms:
        if form in ('"', "``", "''"):
            form, opened = ("\u201d" if opened else "\u201c"), not opened
        out.append(form.replace("'", "\u2019"))
    return out


def recased(shapes, rng):
    """Some sentences in capitals, lower case or headline case, so that the model can read wire copy and headlines."""
    roll = rng.random()
    if roll < 0.05:
        return [4 if s in (2, 5, 6, 7) else s for s in shapes]
    if roll < 0.09:
        return [2 if s in (3, 4, 5, 6, 7) else s for s in shapes]
    if roll < 0.14:
        return [5 if s == 2 and rng.random() < 0.85 else s for s in shapes]
    return shapes


def losses(model, batch):
    upos, xpos, lemma, name, arc_dep, arc_head, rel_dep, rel_head = model(batch)
    ce = lambda scores, gold: F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=IGNORE) if (gold != IGNORE).any() else scores.sum() * 0
    out = {"upos": ce(upos, batch["upos"]), "xpos": ce(xpos, batch["xpos"]), "lemma": 0.5 * ce(lemma, batch["lemma"]), "name": ce(name, batch["name"])}
    arcs = model.heads.arcs(arc_dep, arc_head)
    absent = torch.cat([torch.zeros_like(batch["first"][:, :1], dtype=torch.bool), batch["first"] < 0], 1)
    arcs = arcs.masked_fill(absent[:, None, :], -1e4)
    out["arc"] = ce(arcs, batch["head"])
    known = (batch["head"] != IGNORE) & (batch["relation"] != IGNORE)
    if known.any():
        b, i = known.nonzero(as_tuple=True)
        scores = model.heads.relations(rel_dep[b, i], rel_head[b, batch["head"][b, i]])
        out["relation"] = F.cross_entropy(scores, batch["relation"][b, i])
    return out


@torch.no_grad()
def activity(model, data, batches=40):
    """How active every feed-forward unit of every layer is, on average."""
    sums, hooks = [0.0] * len(model.encoder.layers), []
    for i, layer in enumerate(model.encoder.layers):
        def note(_, __, out, i=i):
            sums[i] = sums[i] + F.gelu(out).abs().mean((0, 1))
        hooks.append(layer.up.register_forward_hook(note))
    model.eval()
    for _, batch in zip(range(batches), data.batches(4000, random.Random(2))):
        model(batch)
    model.train()
    for hook in hooks:
        hook.remove()
    return sums


@torch.no_grad()
def doubt(model, data, limit):
    """Ignores name labels from noisy sources to which the model gives less than `limit`. Gives their number."""
    model.eval()
    count = 0
    rows = sorted((r for r in data.rows if r["doubtful"]), key=lambda r: len(r["pieces"]))
    for at in range(0, len(rows), 64):
        part = rows[at:at + 64]
        batch = data.collate(part, None)
        with half_precision():
            chance = model(batch)[3].float().softmax(-1)
        for row, chances in zip(part, chance):
            for i, label in enumerate(row["name"]):
                if label != IGNORE and chances[i, label] < limit:
                    row["name"][i] = IGNORE
                    count += 1
    model.train()
    return count


def spans(row):
    """The persons, organisations and places that a row of labels tells, as (first, end, kind)."""
    out, kind = set(), None
    for i, label in enumerate(row + ["O"]):
        if kind and label != "I-" + kind:
            if kind != "MISC":
                out.add((first, i, kind))
            kind = None
        if label != "O" and kind is None:
            first, kind = i, label[2:]
    return out


def count_names(scores, gold, labels, right, total):
    for found, want in zip(scores.argmax(-1).tolist(), gold.tolist()):
        tell = lambda row: spans([labels[i] if w != IGNORE else "O" for i, w in zip(row, want)])
        a, b = tell(found), tell(want)
        right["spans"] += len(a & b)
        total["found"] += len(a)
        total["spans"] += len(b)


def percentages(right, total):
    figures = {k: round(100 * right[k] / total[k], 2) for k in total if k not in ("found", "spans")}
    figures["names"] = round(200 * right["spans"] / max(1, total["found"] + total["spans"]), 2)
    return figures


@torch.no_grad()
def evaluate(model, data, labels):
    """Greedy figures on gold words, for watching training; `dateline-eval` gives the real ones."""
    model.eval()
    plain = [r.split(":")[0] for r in labels["relation"]]
    right, total = collections.Counter(), collections.Counter()
    for batch in data.batches(4000):
        upos, xpos, lemma, name, arc_dep, arc_head, rel_dep, rel_head = model(batch)
        arcs = model.heads.arcs(arc_dep, arc_head)
        absent = torch.cat([torch.zeros_like(batch["first"][:, :1], dtype=torch.bool), batch["first"] < 0], 1)
        heads = arcs.masked_fill(absent[:, None, :], -1e4).argmax(-1)
        for key, scores in (("upos", upos), ("xpos", xpos), ("lemma", lemma)):
            known = batch[key] != IGNORE
            right[key] += (scores.argmax(-1)[known] == batch[key][known]).sum().item()
            total[key] += known.sum().item()
        count_names(name, batch["name"], labels["name"], right, total)
        known = batch["head"] != IGNORE
        b, i = known.nonzero(as_tuple=True)
        rel = model.heads.relations(rel_dep[b, i], rel_head[b, heads[b, i]]).argmax(-1)
        ok = heads[b, i] == batch["head"][b, i]
        total["uas"] += len(b)
        total["las"] += len(b)
        right["uas"] += ok.sum().item()
        gold = batch["relation"][b, i].tolist()
        right["las"] += sum(o and g != IGNORE and plain[p] == plain[g] for o, p, g in zip(ok.tolist(), rel.tolist(), gold))
    model.train()
    return percentages(right, total)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--batch", type=int, default=1100, help="word pieces a batch")
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--resume", help="a checkpoint to go on from, without a warm-up")
    p.add_argument("--rate", type=float, default=1.0, help="share of the full learning rate to begin with")
    p.add_argument("--inner", type=int, default=0, help="narrow the checkpoint's feed-forward layers to so many units")
    p.add_argument("--words-after", type=int, default=None, help="layers after which only words' first pieces go on")
    p.add_argument("--doubt", type=float, default=0.0, help="ignore noisy name labels that the checkpoint finds less likely")
    p.add_argument("--news", help="plain news as `dateline parse` gives it, to find the sentences of `names/news.tsv` in")
    p.add_argument("--silver", help="sentences that `silver.py` has labelled, to learn from beside the treebanks")
    p.add_argument("--share", type=int, default=20_000, help="sentences of silver an epoch")
    p.add_argument("--last", type=int, default=1, help="epochs without silver, at the end")
    p.add_argument("--swaps", type=int, default=0, help="sentences an epoch in which names stand for names")
    p.add_argument("--own-names", action="store_true", help="in the last epochs, learn names only from EWT and `names/news.tsv`, whose guidelines are those to follow")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--frozen", type=int, default=0, help="leave the word vectors and so many layers as they are")
    p.add_argument("--limit", type=int, default=0, help="train on so many sentences only, to try the script out")
    a = p.parse_args()
    if a.threads:
        torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    train, dev = load(a.data, a.news)
    labels = label_sets(train)
    if a.limit:
        train = train[:a.limit]
    tokenizer = Tokenizer.from_file(f"{a.base}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    gold = len(train)
    train += swaps.swapped(train, swaps.pools(train), a.swaps * a.epochs, rng) if a.swaps else []
    swapped = len(train)
    if a.silver:
        train += list(treebank.silver(a.silver))
    own = [s.own_names for s in train]
    train, dev = Encoded(train, tokenizer, labels), Encoded(dev, tokenizer, labels)
    before = torch.load(a.resume, weights_only=True) if a.resume else None
    model = Syntax(Encoder.pretrained(a.base, a.layers, a.words_after), labels).to(DEVICE)
    if before:
        if before["labels"] != labels:
            sys.exit(f"{a.resume} was trained on other labels")
        inner = len(before["model"]["encoder.layers.0.up.bias"])
        model.encoder.resize(inner)
        model.load_state_dict(before["model"])
        model.to(DEVICE)
        if a.doubt:
            # The checkpoint may have been trained with all pieces: ask it as it is.
            model.encoder.words_after = before.get("words_after") or a.layers
            print(f"{doubt(model, train, a.doubt)} name labels in doubt", flush=True)
        if a.inner and a.inner < inner:
            model.encoder.words_after = before.get("words_after") or a.layers
            model.encoder.narrow(a.inner, activity(model, train))
        model.encoder.words_after = a.words_after or a.layers
    model.to(DEVICE)
    if a.frozen:
        for part in (model.encoder.words, model.encoder.positions, model.encoder.shapes, model.encoder.norm, *model.encoder.layers[:a.frozen]):
            part.requires_grad_(False)
    optimizer = torch.optim.AdamW([
        {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": 1e-4, "weight_decay": 0.01},
        {"params": model.heads.parameters(), "lr": 2e-3, "weight_decay": 0.01}], betas=(0.9, 0.98))
    # The rows of every epoch are chosen beforehand, so that the schedule knows how many steps there are.
    order, plan = list(range(swapped, len(train.rows))), []
    rng.shuffle(order)
    for epoch in range(a.epochs):
        start = epoch * a.share
        silver = [order[i % len(order)] for i in range(start, start + a.share)] if order and epoch < a.epochs - a.last else []
        others = list(range(gold + epoch * a.swaps, gold + (epoch + 1) * a.swaps)) if epoch < a.epochs - a.last else []
        plan.append(list(range(gold)) + others + silver)
    steps = sum(train.count(a.batch, rows) for rows in plan)
    warm = 1 if a.resume else max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: a.rate * min((s + 1) / warm, max(0, steps - s) / max(1, steps - warm)))
    done, began, seen = 0, time.time(), 0
    for epoch in range(a.epochs):
        if a.own_names and epoch == a.epochs - a.last:
            for row, sentence in zip(train.rows, own):
                if not sentence:
                    row["name"] = [IGNORE] * row["words"]
        sums = collections.Counter()
        for batch in train.batches(a.batch, rng, plan[epoch]):
            with half_precision():
                parts = losses(model, batch)
            loss = sum(parts.values())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            seen += batch["mask"].numel()
            for k, v in parts.items():
                sums[k] += v.detach()
            if done % 100 == 0:
                print(f"step {done}/{steps} {seen / (time.time() - began):.0f} pieces/s " + " ".join(f"{k} {v.item() / 100:.3f}" for k, v in sums.items()), flush=True)
                sums.clear()
        print(f"epoch {epoch + 1}: {evaluate(model, dev, labels)} after {(time.time() - began) / 60:.1f} min", flush=True)
        torch.save({"model": {k: v.cpu() for k, v in model.state_dict().items()}, "labels": labels, "layers": a.layers, "words_after": model.encoder.words_after}, a.out)


if __name__ == "__main__":
    sys.exit(main())
