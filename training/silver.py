"""Labels plain text with one or more checkpoints of `train.py`: "silver" for their pupils to learn from.

    dateline parse --engine fast CORPUS… > plain.conllu
    python silver.py --base BASE --teachers a.pt b.pt c.pt --text plain.conllu --out silver.conllu

Of `plain.conllu` only the words and sentences are used. Every label is the likeliest by the mean of what the teachers
hold; one that they give less than `--sure` is left out, as `_`.
"""

import argparse
import sys
import time

import torch
from tokenizers import Tokenizer

import train as standard
import treebank
from model import Encoder, Syntax


def teacher(path, base):
    checkpoint = torch.load(path, weights_only=True)
    model = Syntax(Encoder.pretrained(base, checkpoint["layers"], checkpoint["words_after"]), checkpoint["labels"])
    model.encoder.resize(len(checkpoint["model"]["encoder.layers.0.up.bias"]))
    model.load_state_dict(checkpoint["model"])
    return model.to(standard.DEVICE).eval()


@torch.no_grad()
def labelled(models, batch):
    """The likeliest labels of a batch's words and their chances, by kind: [b, n] each."""
    with standard.half_precision():
        views = [model(batch) for model in models]
    mean = lambda scores: (sum(s.float().softmax(-1) for s in scores) / len(models)).max(-1)
    out = {kind: mean([v[i] for v in views]) for i, kind in ((0, "upos"), (1, "xpos"), (3, "name"))}
    absent = torch.cat([torch.zeros_like(batch["first"][:, :1], dtype=torch.bool), batch["first"] < 0], 1)
    arcs = [m.heads.arcs(v[4].float(), v[5].float()).masked_fill(absent[:, None, :], -1e4) for m, v in zip(models, views)]
    out["head"] = mean(arcs)
    heads = out["head"].indices
    b, n = heads.shape
    at = torch.arange(b, device=heads.device)[:, None].expand(b, n)
    relations = [m.heads.relations(v[6].float().flatten(0, 1), v[7].float()[at, heads].flatten(0, 1)).view(b, n, -1)
                 for m, v in zip(models, views)]
    out["relation"] = mean(relations)
    return {k: (v.indices.cpu().tolist(), v.values.cpu().tolist()) for k, v in out.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--base", required=True)
    p.add_argument("--teachers", nargs="+", required=True)
    p.add_argument("--text", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--sure", type=float, default=0.5)
    a = p.parse_args()
    tokenizer = Tokenizer.from_file(f"{a.base}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    models = [teacher(path, a.base) for path in a.teachers]
    labels = models[0].labels
    seen, sentences = set(), []
    for s in treebank.silver(a.text):
        # A wire says many things twice; once is enough.
        key = tuple(s.forms)
        if key not in seen:
            seen.add(key)
            sentences.append(treebank.Sentence(id=s.id, forms=s.forms))
    rows = standard.Encoded(sentences, tokenizer, labels).rows
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["pieces"]))
    encoded = standard.Encoded([], tokenizer, labels)
    found, began = [None] * len(rows), time.time()
    for start in range(0, len(order), 128):
        part = order[start:start + 128]
        out = labelled(models, encoded.collate([rows[i] for i in part], None))
        for j, i in enumerate(part):
            n = rows[i]["words"]
            found[i] = {k: [value if sure >= a.sure else None for value, sure in zip(ids[j][:n], chances[j][:n])]
                        for k, (ids, chances) in out.items()}
    print(f"{len(rows)} sentences in {(time.time() - began) / 60:.1f} min", flush=True)
    with open(a.out, "w", encoding="utf-8") as f:
        for s, row, got in zip(sentences, rows, found):
            if row["words"] < len(s.forms):
                continue
            f.write(f"# sent_id = {s.id}\n")
            for i, form in enumerate(s.forms):
                cell = lambda k: "_" if got[k][i] is None else labels[k][got[k][i]]
                head = "_" if got["head"][i] is None else str(got["head"][i])
                f.write(f"{i + 1}\t{form}\t_\t{cell('upos')}\t{cell('xpos')}\t_\t{head}\t{cell('relation')}\t_\tNER={cell('name')}\n")
            f.write("\n")


if __name__ == "__main__":
    sys.exit(main())
