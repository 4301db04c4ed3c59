"""Trains the model of the `fast` engine: a light recurrent network that learns from the treebanks and from the
`standard` engine.

    python silver.py --base BASE --teachers model.pt --text plain.conllu --out silver.conllu
    python fast.py --data DATA --base BASE --teacher model.pt --silver silver.conllu --out fast.pt

The teacher, a checkpoint of `train.py`, gives every word of the corpus a vector; the mean over a word's occurrences,
with the dimensions that matter least left out, is where the student's static vectors begin. The student then learns the
teacher's labels on the corpus and the true ones on the treebanks, and at last from the treebanks alone.
"""

import argparse
import collections
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import train as standard
import treebank
from model import Encoder, Syntax, shape
from recurrent import PIECES, FastSyntax, suffix

IGNORE = -100


class Lexicon:
    """What enters the network for a form: its pieces, suffix bucket and shape."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.none = tokenizer.get_vocab_size()
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.known = {}

    def __call__(self, form):
        if form not in self.known:
            ids = (self.tokenizer.encode(form, add_special_tokens=False).ids or [self.unknown])[:PIECES]
            self.known[form] = (ids + [self.none] * (PIECES - len(ids)), suffix(form), shape(form))
        return self.known[form]


class Data:
    """Sentences as flat arrays."""

    def __init__(self, sentences, lexicon, labels, variants=True):
        index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
        pieces, suffixes, shapes, curly = [], [], [], []
        columns = {k: [] for k in ("upos", "xpos", "name", "head", "relation")}
        self.starts = [0]
        for s in sentences:
            n = min(len(s.forms), 200)
            for form, curl in zip(s.forms[:n], standard.curly(s.forms)):
                p, x, h = lexicon(form)
                pieces.append(p)
                suffixes.append(x)
                shapes.append(h)
                curly.append(lexicon(curl)[0])
            get = lambda field, name: [index[name].get(v, IGNORE) for v in field[:n]] if field else [IGNORE] * n
            columns["upos"] += get(s.upos, "upos")
            columns["xpos"] += get(s.xpos, "xpos")
            columns["name"] += get(s.names, "name")
            columns["head"] += [h if h is not None and h <= n else IGNORE for h in s.heads[:n]] if s.heads else [IGNORE] * n
            columns["relation"] += get(s.relations, "relation")
            self.starts.append(len(pieces))
        self.pieces = np.array(pieces, dtype=np.int32)
        self.curly = np.array(curly, dtype=np.int32)
        self.suffixes = np.array(suffixes, dtype=np.int32)
        self.shapes = np.array(shapes, dtype=np.int8)
        self.columns = {k: np.array(v, dtype=np.int16) for k, v in columns.items()}
        self.none = lexicon.none

    def __len__(self):
        return len(self.starts) - 1

    def size(self, i):
        return self.starts[i + 1] - self.starts[i]

    def batch(self, rows, rng=None):
        n = max(self.size(i) for i in rows)
        b = len(rows)
        out = {
            "pieces": np.full((b, n, PIECES), self.none, np.int64),
            "suffixes": np.zeros((b, n), np.int64),
            "shapes": np.zeros((b, n), np.int64),
            "mask": np.zeros((b, n), bool),
        }
        out.update({k: np.full((b, n), IGNORE, np.int64) for k in self.columns})
        for j, i in enumerate(rows):
            a, z = self.starts[i], self.starts[i + 1]
            m = z - a
            out["pieces"][j, :m] = (self.curly if rng and rng.random() < 0.2 else self.pieces)[a:z]
            out["suffixes"][j, :m] = self.suffixes[a:z]
            shapes = self.shapes[a:z]
            out["shapes"][j, :m] = standard.recased(shapes.tolist(), rng) if rng else shapes
            out["mask"][j, :m] = True
            for k, v in self.columns.items():
                out[k][j, :m] = v[a:z]
        return {k: torch.from_numpy(v).to(standard.DEVICE) for k, v in out.items()}


def batches(sources, size, rng):
    """Batches of about `size` words over (data, rows) pairs, each of one source and of sentences of like length."""
    out = []
    for data, rows in sources:
        rows = sorted(rows, key=lambda i: data.size(i) + rng.random() * 4)
        batch, longest = [], 0
        for i in rows:
            longest = max(longest, data.size(i))
            if batch and longest * (len(batch) + 1) > size:
                out.append((data, batch))
                batch, longest = [], data.size(i)
            batch.append(i)
        if batch:
            out.append((data, batch))
    rng.shuffle(out)
    return out


def masked_arcs(arcs, mask):
    return arcs.masked_fill(~torch.cat([torch.ones_like(mask[:, :1]), mask], 1)[:, None, :], -1e4)


def losses(model, batch):
    upos, xpos, name, arcs, rel_dep, rel_head = model(batch)
    def ce(scores, gold):
        known = gold != IGNORE
        return F.cross_entropy(scores[known].float(), gold[known]) if known.any() else scores.sum() * 0
    out = {"upos": ce(upos, batch["upos"]), "xpos": ce(xpos, batch["xpos"]), "name": ce(name, batch["name"])}
    out["arc"] = ce(masked_arcs(arcs, batch["mask"]), batch["head"])
    b, i = ((batch["head"] != IGNORE) & (batch["relation"] != IGNORE)).nonzero(as_tuple=True)
    if len(b):
        scores = model.relations(rel_dep[b, i], rel_head[b, batch["head"][b, i]])
        out["relation"] = F.cross_entropy(scores.float(), batch["relation"][b, i])
    return out


@torch.no_grad()
def evaluate(model, data, labels):
    """Greedy figures on gold words, for watching training."""
    model.eval()
    plain = [r.split(":")[0] for r in labels["relation"]]
    right, total = collections.Counter(), collections.Counter()
    for at in range(0, len(data), 64):
        batch = data.batch(range(at, min(at + 64, len(data))))
        upos, xpos, name, arcs, rel_dep, rel_head = model(batch)
        heads = masked_arcs(arcs, batch["mask"]).argmax(-1)
        for key, scores in (("upos", upos), ("xpos", xpos)):
            known = batch[key] != IGNORE
            right[key] += (scores.argmax(-1)[known] == batch[key][known]).sum().item()
            total[key] += known.sum().item()
        standard.count_names(name, batch["name"], labels["name"], right, total)
        b, i = (batch["head"] != IGNORE).nonzero(as_tuple=True)
        rel = model.relations(rel_dep[b, i], rel_head[b, heads[b, i]]).argmax(-1)
        ok = heads[b, i] == batch["head"][b, i]
        total["uas"] += len(b)
        total["las"] += len(b)
        right["uas"] += ok.sum().item()
        right["las"] += sum(o and g != IGNORE and plain[p] == plain[g]
                            for o, p, g in zip(ok.tolist(), rel.tolist(), batch["relation"][b, i].tolist()))
    model.train()
    return standard.percentages(right, total)


@torch.no_grad()
def static_vectors(teacher, base, labels, tokenizer, sentences, lexicon, width, limit):
    """Vectors of word pieces whose sums come close to the teacher's mean vectors of words."""
    model = Syntax(Encoder.pretrained(base, teacher["layers"], teacher.get("words_after")), labels)
    model.encoder.resize(len(teacher["model"]["encoder.layers.0.up.bias"]))
    model.load_state_dict(teacher["model"])
    model.to(standard.DEVICE).eval()
    encoder = model.encoder
    full = encoder.words.weight.shape[1]
    # Every piece alone, then every word where it occurs.
    count = lexicon.none
    alone = torch.zeros(count, full)
    for at in range(0, count, 512):
        ids = torch.arange(at, min(at + 512, count))
        pieces = torch.stack([torch.full_like(ids, tokenizer.token_to_id("[CLS]")), ids, torch.full_like(ids, tokenizer.token_to_id("[SEP]"))], 1)
        shapes = torch.tensor([0, 2, 0]).expand(len(ids), -1)
        there = [pieces, shapes, torch.ones_like(pieces, dtype=torch.bool), torch.ones(len(ids), 1, dtype=torch.long)]
        alone[ids] = encoder(*(x.to(standard.DEVICE) for x in there))[:, 0].cpu()
    sums, seen, words = {}, collections.Counter(), 0
    rows = standard.Encoded(sentences[:limit], tokenizer, labels)
    order = sorted(range(len(rows.rows)), key=lambda i: len(rows.rows[i]["pieces"]))
    began = time.time()
    for at in range(0, len(order), 48):
        part = order[at:at + 48]
        batch = rows.collate([rows.rows[i] for i in part], None)
        with standard.half_precision():
            x = encoder(batch["pieces"], batch["shapes"], batch["mask"], batch["first"])
        x = x.float().cpu().numpy()
        for j, i in enumerate(part):
            for k, form in enumerate(sentences[i].forms[:rows.rows[i]["words"]]):
                key = tuple(lexicon(form)[0])
                if key in sums:
                    sums[key] += x[j, k]
                else:
                    sums[key] = x[j, k].copy()
                seen[key] += 1
                words += 1
    print(f"{words} words of {len(sums)} kinds seen in {(time.time() - began) / 60:.1f} min", flush=True)
    keys = list(sums)
    target = torch.from_numpy(np.stack([sums[k] / seen[k] for k in keys]))
    weight = torch.tensor([seen[k] for k in keys], dtype=torch.float32).sqrt()
    mean = (target * weight[:, None]).sum(0) / weight.sum()
    centred = (target - mean) * weight[:, None].sqrt()
    _, values, axes = torch.linalg.svd(centred.T @ centred)
    axes = axes[:width].T
    print(f"{width} of {full} dimensions keep {values[:width].sum() / values.sum():.3f} of the variance", flush=True)
    target = (target - mean) @ axes
    table = torch.cat([(alone - mean) @ axes, torch.zeros(1, width)])
    ids = torch.tensor(keys)
    single = ids[:, 1] == lexicon.none
    table[ids[single, 0]] = target[single]
    # Words of several pieces: share the difference out among their later pieces.
    table[[i for i in range(count) if tokenizer.id_to_token(i).startswith("##")]] *= 0.3
    for step in range(30):
        made = table[ids].sum(1)
        miss = (target - made) * weight[:, None]
        for p in range(PIECES):
            use = ~single & (ids[:, p] != lexicon.none)
            share = torch.zeros_like(table)
            share.index_add_(0, ids[use, p], miss[use])
            mass = torch.zeros(len(table))
            mass.index_add_(0, ids[use, p], weight[use])
            alone_too = torch.zeros(len(table))
            alone_too.index_add_(0, ids[single, 0], 50 * weight[single])
            table += 0.3 * share / (mass + alone_too + 1)[:, None]
    table[count] = 0
    scale = table[:count].std()
    return table / scale


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--teacher", required=True)
    p.add_argument("--silver", required=True)
    p.add_argument("--news", help="plain news as `dateline parse` gives it, to find the sentences of `names/news.tsv` in")
    p.add_argument("--vectors", help="where the static vectors are kept between runs")
    p.add_argument("--out", required=True)
    p.add_argument("--width", type=int, default=224)
    p.add_argument("--layers", type=int, default=4)
    p.add_argument("--rounds", type=int, default=10, help="rounds of gold with a share of silver")
    p.add_argument("--share", type=int, default=400_000, help="words of silver a round")
    p.add_argument("--last", type=int, default=3, help="rounds of gold alone, at the end")
    p.add_argument("--batch", type=int, default=1500)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--drop", type=float, default=0.15)
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--resume", help="a checkpoint to go on from")
    p.add_argument("--vectors-from", type=int, default=30_000, help="sentences of silver that the vectors are taken from")
    a = p.parse_args()
    if a.threads:
        torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    rng = random.Random(1)
    teacher = torch.load(a.teacher, weights_only=True)
    tokenizer = Tokenizer.from_file(f"{a.base}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lexicon = Lexicon(tokenizer)
    gold, dev = standard.load(a.data, a.news)
    labels = {k: teacher["labels"][k] for k in ("upos", "xpos", "name", "relation")}
    extra = list(treebank.silver(a.silver))
    rng.shuffle(extra)
    print(f"{len(gold)} sentences, {len(extra)} of silver", flush=True)
    try:
        table = torch.load(a.vectors, weights_only=True)
    except (FileNotFoundError, AttributeError):
        table = static_vectors(teacher, a.base, teacher["labels"], tokenizer, gold + extra[:a.vectors_from], lexicon, a.width, None)
        if a.vectors:
            torch.save(table, a.vectors)
    gold, dev, extra = Data(gold, lexicon, labels), Data(dev, lexicon, labels), Data(extra, lexicon, labels)
    print(f"{gold.starts[-1]} words, {extra.starts[-1]} of silver", flush=True)
    model = FastSyntax(lexicon.none, labels, a.width, a.layers, drop=a.drop)
    with torch.no_grad():
        model.body.words.pieces.weight.copy_(table)
    if a.resume:
        model.load_state_dict(torch.load(a.resume, weights_only=True)["model"])
    model.to(standard.DEVICE)
    tables = [p for n, p in model.named_parameters() if n.startswith("body.words.")]
    others = [p for n, p in model.named_parameters() if not n.startswith("body.words.")]
    optimizer = torch.optim.AdamW([{"params": tables, "lr": a.rate, "weight_decay": 0.0},
                                   {"params": others, "lr": a.rate, "weight_decay": 0.01}], betas=(0.9, 0.98))
    # The rounds are made beforehand, so that the schedule knows their length.
    plan, at = [], 0
    order = list(range(len(extra)))
    for round_ in range(a.rounds + a.last):
        rows, words = [], 0
        while round_ < a.rounds and words < a.share:
            rows.append(order[at % len(order)])
            words += extra.size(rows[-1])
            at += 1
        plan.append(batches([(gold, range(len(gold))), (extra, rows)], a.batch, rng))
    steps = sum(map(len, plan))
    warm = steps // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, steps - s) / (steps - warm)))
    began, seen, done = time.time(), 0, 0
    for round_, work in enumerate(plan):
        sums = collections.Counter()
        for data, rows in work:
            batch = data.batch(rows, rng)
            with standard.half_precision():
                parts = losses(model, batch)
            loss = sum(parts.values())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(others, 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            seen += batch["mask"].numel()
            for k, v in parts.items():
                sums[k] += v.detach()
            if done % 100 == 0:
                print(f"step {done}/{steps} {seen / (time.time() - began):.0f} words/s " + " ".join(f"{k} {v.item() / 100:.3f}" for k, v in sums.items()), flush=True)
                sums.clear()
        print(f"round {round_ + 1}: {evaluate(model, dev, labels)} after {(time.time() - began) / 60:.1f} min", flush=True)
        torch.save({"kind": "fast", "model": {k: v.cpu() for k, v in model.state_dict().items()}, "labels": labels, "layers": a.layers, "width": a.width}, a.out)


if __name__ == "__main__":
    sys.exit(main())
