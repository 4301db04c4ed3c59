"""Packs a checkpoint into the one file that the program reads.

    python export.py --checkpoint OUT.pt --base BASE --out models/en-standard.bin
    python export.py --checkpoint FAST.pt --base BASE --out models/en-fast.bin
    python export.py --checkpoint SENTENCES.pt --base BASE --out models/en-sentences.bin

The file: 8 bytes magic, version and manifest length as little-endian u32, the manifest as JSON, then the tensors, each
at a multiple of 64 bytes from the file's start. Matrices are 8-bit integers with one scale per output row, stored in
the order in which the kernels read them: blocks of 16 rows; in a block, for every four inputs, the 16 rows' four
weights. The same checkpoint gives the same bytes.
"""

import argparse
import json
import struct

import numpy as np
import torch

MAGIC = b"DATELSYN"
VERSION = 1
ALIGN = 64
LANES = 16


class Packer:
    def __init__(self):
        self.table, self.blob = {}, bytearray()

    def add(self, name, kind, array, **dims):
        self.blob += b"\0" * (-len(self.blob) % ALIGN)
        data = array if isinstance(array, bytes) else np.ascontiguousarray(array).tobytes()
        self.table[name] = {"kind": kind, "offset": len(self.blob), "bytes": len(data), **dims}
        self.blob += data

    def floats(self, name, array):
        self.add(name, "f32", np.asarray(array, dtype="<f4"))

    def linear(self, name, weight, bias):
        """A matrix [rows, inputs] and its bias, rows padded to whole blocks."""
        rows, inputs = weight.shape
        assert inputs % 4 == 0, (name, inputs)
        padded = -(-rows // LANES) * LANES
        q, scale = quantised(np.vstack([weight, np.zeros((padded - rows, inputs), np.float32)]))
        packed = q.reshape(padded // LANES, LANES, inputs // 4, 4).transpose(0, 2, 1, 3)
        self.add(f"{name}.weight", "q8", packed, rows=padded, inputs=inputs)
        self.floats(f"{name}.scale", scale)
        self.floats(f"{name}.bias", np.concatenate([bias, np.zeros(padded - rows, np.float32)]))
        # The sum of every row, which undoes the offset that makes activations unsigned.
        self.add(f"{name}.sum", "i32", q.astype(np.int32).sum(1, dtype=np.int32).astype("<i4"))

    def heads(self, w, prefix, parts):
        """All heads that read the word vectors as one matrix, each padded to whole blocks so that it starts at a block.
        Gives where each starts."""
        rows, columns, biases, at = [], {}, [], 0
        for part in parts:
            weight = w[f"{prefix}{part}.weight"]
            bias = w.get(f"{prefix}{part}.bias", np.zeros(len(weight), np.float32))
            fill = -len(weight) % LANES
            columns[part] = at
            at += len(weight) + fill
            rows.append(np.vstack([weight, np.zeros((fill, weight.shape[1]), np.float32)]))
            biases.append(np.concatenate([bias, np.zeros(fill, np.float32)]))
        self.linear("heads", np.vstack(rows), np.concatenate(biases))
        return columns


def quantised(w):
    """Symmetric 8-bit integers of a matrix, and the scale of every row."""
    top = np.abs(w).max(1)
    scale = np.where(top > 0, top / 127, 1).astype(np.float32)
    return np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8), scale


def gelu(x):
    return torch.nn.functional.gelu(torch.from_numpy(x)).numpy()


def pack(checkpoint, vocabulary):
    w = {k: v.float().numpy() for k, v in checkpoint["model"].items()}
    labels = checkpoint["labels"]
    p = Packer()
    q, scale = quantised(w["encoder.words.weight"])
    p.add("words.weight", "q8rows", q, rows=q.shape[0], inputs=q.shape[1])
    p.floats("words.scale", scale)
    p.floats("positions", w["encoder.positions.weight"])
    p.floats("shapes", w["encoder.shapes.weight"])
    norm = lambda name, key: [p.floats(f"{name}.{part}", w[f"{key}.{part}"]) for part in ("weight", "bias")]
    norm("norm", "encoder.norm")
    for i in range(checkpoint["layers"]):
        key = f"encoder.layers.{i}"
        for part in ("qkv", "out", "up", "down"):
            p.linear(f"layer{i}.{part}", w[f"{key}.{part}.weight"], w[f"{key}.{part}.bias"])
        for part in ("norm1", "norm2"):
            norm(f"layer{i}.{part}", f"{key}.{part}")
    columns = p.heads(w, "heads.", ["upos", "xpos", "lemma", "name", "arc_dep", "arc_head", "rel_dep", "rel_head"])
    root = w["heads.root"]
    for part in ("arc_head", "rel_head"):
        p.floats(f"root.{part}", gelu(w[f"heads.{part}.weight"] @ root + w[f"heads.{part}.bias"]))
    arc = w["heads.arc"]  # [dependent + 1, head]: the last row is the head's own score
    p.linear("arc", arc[:-1].T.copy(), arc[-1])
    rel = w["heads.rel"]  # [relation, dependent + 1, head + 1]
    count, _, inner = rel.shape
    lanes = -(-count // LANES) * LANES
    full = np.zeros((inner, lanes, inner), np.float32)  # head input, relation, dependent input
    full[:, :count] = rel.transpose(2, 0, 1)
    full = full.reshape(inner * lanes, inner)
    p.linear("relation", full[:, :-1].copy(), full[:, -1])
    p.add("vocabulary", "lines", "\n".join(vocabulary).encode())
    manifest = {
        "labels": labels,
        "width": int(w["encoder.norm.weight"].shape[0]),
        "inner": int(w["encoder.layers.0.up.bias"].shape[0]),
        "attention_heads": 12,
        "layers": checkpoint["layers"],
        "words_after": checkpoint.get("words_after") or checkpoint["layers"],
        "positions": int(w["encoder.positions.weight"].shape[0]),
        "columns": columns,
    }
    return written(manifest, p)


def pack_fast(checkpoint, vocabulary):
    w = {k: v.float().numpy() for k, v in checkpoint["model"].items()}
    labels = {k: checkpoint["labels"][k] for k in ("upos", "xpos", "name", "relation")}
    p = Packer()
    body(p, w, checkpoint["layers"])
    columns = p.heads(w, "", ["upos", "xpos", "name", "arc_dep", "arc_head", "rel_dep", "rel_head"])
    p.linear("relation", w["relation.weight"], w["relation.bias"])
    p.floats("root.arc", w["root_arc"])
    p.floats("root.relation", w["root_rel"])
    p.add("vocabulary", "lines", "\n".join(vocabulary).encode())
    return written({
        "labels": labels,
        "width": int(w["body.words.norm.weight"].shape[0]),
        "layers": checkpoint["layers"],
        "suffixes": int(w["body.words.suffixes.weight"].shape[0]),
        "arc": int(w["root_arc"].shape[0]),
        "relation": int(w["root_rel"].shape[0]),
        "columns": columns,
    }, p)


def pack_sentences(checkpoint, _):
    w = {k: v.float().numpy() for k, v in checkpoint["model"].items()}
    p = Packer()
    body(p, w, checkpoint["layers"])
    p.floats("end.weight", w["end.weight"][0])
    p.floats("end.bias", w["end.bias"])
    p.floats("wide", w["wide.weight"][:-1, 0])
    return written({
        "width": int(w["body.words.norm.weight"].shape[0]),
        "layers": checkpoint["layers"],
        "suffixes": int(w["body.words.suffixes.weight"].shape[0]),
        "classes": int(w["body.words.shapes.weight"].shape[0]),
    }, p)


def body(p, w, layers):
    """A recurrent body: tables of static vectors and layers."""
    for table in ("pieces", "suffixes"):
        weight = w[f"body.words.{table}.weight"]
        q, scale = quantised(weight[:-1] if table == "pieces" else weight)  # the last row of pieces is padding
        p.add(f"{table}.weight", "q8rows", q, rows=q.shape[0], inputs=q.shape[1])
        p.floats(f"{table}.scale", scale)
    p.floats("shapes", w["body.words.shapes.weight"])
    for part in ("weight", "bias"):
        p.floats(f"norm.{part}", w[f"body.words.norm.{part}"])
        for i in range(layers):
            p.floats(f"layer{i}.norm.{part}", w[f"body.layers.{i}.norm.{part}"])
    for i in range(layers):
        p.linear(f"layer{i}.gates", w[f"body.layers.{i}.gates.weight"], w[f"body.layers.{i}.gates.bias"])


def written(manifest, p):
    """The file: the manifest, with the table of the tensors, and the tensors."""
    manifest = {**manifest, "tensors": p.table}
    head = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    out = MAGIC + struct.pack("<II", VERSION, len(head)) + head
    out += b"\0" * (-len(out) % ALIGN)
    return out + bytes(p.blob)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--checkpoint", required=True)
    p.add_argument("--base", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    checkpoint = torch.load(a.checkpoint, map_location="cpu")
    tokenizer = json.load(open(f"{a.base}/tokenizer.json", encoding="utf-8"))
    ids = sorted(tokenizer["model"]["vocab"].items(), key=lambda kv: kv[1])
    assert [i for _, i in ids] == list(range(len(ids)))
    packed = {"fast": pack_fast, "sentences": pack_sentences}.get(checkpoint.get("kind"), pack)
    data = packed(checkpoint, [t for t, _ in ids])
    with open(a.out, "wb") as f:
        f.write(data)
    print(f"{a.out}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
