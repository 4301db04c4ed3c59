"""The syntax model: a small pretrained encoder with heads for tags, lemmas, names and the dependency tree."""

import json
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

MAX_PIECES = 6  # word pieces kept of one word; the rest of a very long word says little
SHAPES = 8


def shape(form):
    """A word's capitals: the encoder's vocabulary has none, so they enter as an embedding of their own."""
    letters = [c for c in form if c.isalpha()]
    if not letters:
        return 1 if any(c.isdigit() for c in form) else 0
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 2
    if upper == len(letters):
        return 3 if len(letters) == 1 else 4
    if letters[0].isupper() and upper == 1:
        return 5
    return 6 if letters[0].isupper() else 7


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, w))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM's body (a BERT), with the query, key and value weights of a layer in one matrix.

    After `words_after` layers only the first piece of every word goes on: by then it has heard from the others, and the
    later layers cost a quarter less.
    """

    def __init__(self, vocabulary, width, layers, heads, inner, positions, words_after=None):
        super().__init__()
        self.words_after = words_after or layers
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))

    @classmethod
    def pretrained(cls, folder, layers=None, words_after=None):
        config = json.load(open(f"{folder}/config.json"))
        w = load_file(f"{folder}/model.safetensors")
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        count = layers or config["num_hidden_layers"]
        self = cls(config["vocab_size"], config["hidden_size"], count, config["num_attention_heads"],
                   config["intermediate_size"], config["max_position_embeddings"], words_after)
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    getattr(layer.qkv, part).copy_(torch.cat([w[f"{p}attention.self.{x}.{part}"] for x in ("query", "key", "value")]))
                    getattr(layer.out, part).copy_(w[f"{p}attention.output.dense.{part}"])
                    getattr(layer.norm1, part).copy_(w[f"{p}attention.output.LayerNorm.{part}"])
                    getattr(layer.up, part).copy_(w[f"{p}intermediate.dense.{part}"])
                    getattr(layer.down, part).copy_(w[f"{p}output.dense.{part}"])
                    getattr(layer.norm2, part).copy_(w[f"{p}output.LayerNorm.{part}"])
        return self

    def resize(self, inner):
        """Feed-forward layers of `inner` units, their weights to be loaded."""
        for layer in self.layers:
            layer.up, layer.down = nn.Linear(layer.up.in_features, inner), nn.Linear(inner, layer.down.out_features)

    def narrow(self, inner, activity):
        """Keeps the `inner` feed-forward units of every layer that matter most: how active times how strongly heard."""
        for layer, active in zip(self.layers, activity):
            keep = (active * layer.down.weight.norm(dim=0)).topk(inner).indices.sort().values
            up, down = nn.Linear(layer.up.in_features, inner), nn.Linear(inner, layer.down.out_features)
            with torch.no_grad():
                up.weight.copy_(layer.up.weight[keep])
                up.bias.copy_(layer.up.bias[keep])
                down.weight.copy_(layer.down.weight[:, keep])
                down.bias.copy_(layer.down.bias)
            layer.up, layer.down = up, down

    def forward(self, pieces, shapes, mask, first):
        """Vectors of the words; `first` is the place of every word's first piece, -1 where there is no word."""
        n = pieces.shape[1]
        x = self.words(pieces) + self.positions.weight[:n] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        at = first.clamp(min=0)[..., None].expand(-1, -1, x.shape[-1])
        for i, layer in enumerate(self.layers):
            if i == self.words_after:
                x, mask = x.gather(1, at), first >= 0
            bias = torch.zeros_like(mask, dtype=x.dtype).masked_fill(~mask, -1e9)[:, None, None, :]
            x = layer(x, bias)
        return x if self.words_after < len(self.layers) else x.gather(1, at)


class Heads(nn.Module):
    def __init__(self, width, labels, arc=256, rel=96):
        super().__init__()
        self.upos = nn.Linear(width, len(labels["upos"]))
        self.xpos = nn.Linear(width, len(labels["xpos"]))
        self.lemma = nn.Linear(width, len(labels["lemma"]))
        self.name = nn.Linear(width, len(labels["name"]))
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.rel_dep = nn.Linear(width, rel)
        self.rel_head = nn.Linear(width, rel)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel = nn.Parameter(torch.zeros(len(labels["relation"]), rel + 1, rel + 1))
        self.root = nn.Parameter(torch.zeros(width))
        self.drop = nn.Dropout(0.3)

    def words(self, x):
        """Word vectors in; tag scores and the four projections out. Row 0 of a head projection is the root."""
        x = self.drop(x)
        heads = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        act = lambda layer, v: self.drop(F.gelu(layer(v)))
        return (self.upos(x), self.xpos(x), self.lemma(x), self.name(x),
                act(self.arc_dep, x), act(self.arc_head, heads), act(self.rel_dep, x), act(self.rel_head, heads))

    def arcs(self, dep, head):
        dep = torch.cat([dep, dep.new_ones(*dep.shape[:2], 1)], -1)
        return dep @ self.arc @ head.transpose(1, 2) / math.sqrt(head.shape[-1])

    def relations(self, dep, head):
        """Scores of each relation for word vectors `dep` and the vectors of their heads, both [n, rel]."""
        one = dep.new_ones(dep.shape[0], 1)
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        return torch.einsum("ni,lij,nj->nl", dep, self.rel, head)


class Syntax(nn.Module):
    def __init__(self, encoder, labels):
        super().__init__()
        self.labels = labels
        self.encoder = encoder
        self.heads = Heads(encoder.words.weight.shape[1], labels)

    def forward(self, batch):
        return self.heads.words(self.encoder(batch["pieces"], batch["shapes"], batch["mask"], batch["first"]))
