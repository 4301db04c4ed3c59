"""The light recurrent network of the `fast` engine and of the sentence splitter.

A word enters as the sum of static vectors: of its word pieces, of its last letters and of its capitals. Two-way simple
recurrent layers (after Lei and others, 2018, "Simple Recurrent Units for Highly Parallelizable Recurrence") follow:
their matrix products see all words at once, and only a gate a number is carried from word to word.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from model import SHAPES

PIECES = 4  # word pieces kept of one word
SUFFIXES = 4096  # buckets of last letters


def suffix(form):
    """Bucket of the last three letters, by FNV-1a over their UTF-8 bytes, `A` to `Z` in lower case."""
    h = 0x811C9DC5
    for b in "".join(c.lower() if "A" <= c <= "Z" else c for c in form[-3:]).encode():
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h & (SUFFIXES - 1)


class Words(nn.Module):
    """Static vectors of words: pieces [b, n, PIECES] (the vocabulary's size where there is none), suffixes, shapes."""

    def __init__(self, vocabulary, width, suffixes=SUFFIXES, classes=SHAPES):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary + 1, width, padding_idx=vocabulary)
        self.suffixes = nn.Embedding(suffixes, width)
        self.shapes = nn.Embedding(classes, width)
        nn.init.zeros_(self.suffixes.weight)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width)

    def forward(self, pieces, suffixes, shapes):
        b, n, p = pieces.shape
        x = F.embedding_bag(pieces.reshape(b * n, p), self.pieces.weight, mode="sum", padding_idx=self.pieces.padding_idx)
        return self.norm(x.view(b, n, -1) + self.suffixes(suffixes) + self.shapes(shapes))


@torch.jit.script
def scan(keep, new):
    """c[t] = keep[t] * c[t-1] + new[t] over the first dimension."""
    c = torch.zeros_like(new[0])
    out: list[torch.Tensor] = []
    for t in range(new.shape[0]):
        c = torch.addcmul(new[t], keep[t], c)
        out.append(c)
    return torch.stack(out)


class Recurrent(nn.Module):
    """One two-way layer from `width` to `width` numbers, half of them each way, with a highway around it."""

    def __init__(self, width):
        super().__init__()
        self.half = width // 2
        self.gates = nn.Linear(width, 3 * width)  # candidate, keep, out: each both ways
        self.norm = nn.LayerNorm(width)
        nn.init.xavier_uniform_(self.gates.weight)
        with torch.no_grad():
            self.gates.bias.zero_()
            # Some numbers begin with a long memory, some with a short one.
            self.gates.bias[width:2 * width] = torch.linspace(-1, 3, self.half).repeat(2)

    def forward(self, x, mask):
        b, n, w = x.shape
        new, keep, out = self.gates(x).float().chunk(3, -1)
        keep, out = torch.sigmoid(keep), torch.sigmoid(out)
        new = (1 - keep) * new * mask[..., None]
        new, keep = new.transpose(0, 1), keep.transpose(0, 1)
        h = self.half
        both = lambda v: torch.cat([v[..., :h], v[..., h:].flip(0)], -1)
        c = scan(both(keep).contiguous(), both(new).contiguous())
        c = torch.cat([c[..., :h], c[..., h:].flip(0)], -1).transpose(0, 1)
        return self.norm(out * c + (1 - out) * x)


class Body(nn.Module):
    def __init__(self, vocabulary, width, layers, drop, suffixes=SUFFIXES, classes=SHAPES):
        super().__init__()
        self.words = Words(vocabulary, width, suffixes, classes)
        self.layers = nn.ModuleList(Recurrent(width) for _ in range(layers))
        self.drop = nn.Dropout(drop)

    def forward(self, batch):
        x = self.drop(self.words(batch["pieces"], batch["suffixes"], batch["shapes"]))
        for layer in self.layers:
            x = self.drop(layer(x, batch["mask"]))
        return x


class FastSyntax(nn.Module):
    """Tags, names and a dependency tree off the recurrent body."""

    def __init__(self, vocabulary, labels, width=224, layers=4, arc=128, rel=64, drop=0.15):
        super().__init__()
        self.labels = labels
        self.body = Body(vocabulary, width, layers, drop)
        for part in ("upos", "xpos", "name"):
            setattr(self, part, nn.Linear(width, len(labels[part])))
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.rel_dep = nn.Linear(width, rel)
        self.rel_head = nn.Linear(width, rel, bias=False)
        self.relation = nn.Linear(rel, len(labels["relation"]))
        self.root_arc = nn.Parameter(torch.randn(arc) / math.sqrt(arc))
        self.root_rel = nn.Parameter(torch.zeros(rel))
        self.drop = nn.Dropout(drop)

    def forward(self, batch):
        x = self.body(batch)
        b = x.shape[0]
        dep, head = self.arc_dep(x), self.arc_head(x)
        head = torch.cat([self.root_arc.expand(b, 1, -1), head], 1)
        arcs = self.drop(dep) @ self.drop(head).transpose(1, 2) / math.sqrt(dep.shape[-1])
        rel_head = torch.cat([self.root_rel.expand(b, 1, -1), self.rel_head(x)], 1)
        return self.upos(x), self.xpos(x), self.name(x), arcs, self.rel_dep(x), rel_head

    def relations(self, dep, head):
        return self.relation(self.drop(F.gelu(dep + head)))
