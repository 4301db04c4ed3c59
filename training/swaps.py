"""Sentences in which other names stand for those that were there: so that a name is known by what is around it, and many
names are seen. Their trees are not: another name may have another number of words."""

import pathlib

import treebank

CODEBOOK = pathlib.Path(__file__).parent.parent / "codebook"
KINDS = ("PER", "ORG", "LOC")


def pools(sentences):
    """Names by kind, as tuples of words: those of the sentences themselves, and the codebook's."""
    found = {kind: set() for kind in KINDS}
    for s in sentences:
        for first, end, kind in _spans(s.names or []):
            if kind in found and s.forms[first][0].isupper():
                found[kind].add(tuple(s.forms[first:end]))
    own = {kind: set() for kind in KINDS}
    for kind, files in (("ORG", ("actors/organizations.tsv", "actors/groups.tsv")), ("PER", ("actors/officials.tsv",)),
                        ("LOC", ("actors/countries.tsv", "places/regions.tsv"))):
        for file in files:
            for row in _table(CODEBOOK / file):
                names = [row["name"]] + ([] if kind == "PER" else row.get("aliases", "").split("|"))
                own[kind].update(tuple(_words(n)) for n in names if n and n[0].isupper())
    return {kind: (sorted(found[kind]), sorted(own[kind])) for kind in KINDS}


def swapped(sentences, pools, count, rng):
    """`count` of the sentences that have names, drawn at random, each with about half of its names replaced."""
    named = [s for s in sentences if s.names and any(label[2:] in KINDS for label in s.names)]
    out = []
    for _ in range(count):
        s = rng.choice(named)
        forms, labels, at = [], [], 0
        for first, end, kind in _spans(s.names) + [(len(s.forms), len(s.forms), None)]:
            forms += s.forms[at:first]
            labels += s.names[at:first]
            at = end
            name = s.forms[first:end]
            if kind in pools and rng.random() < 0.6:
                pool = pools[kind][rng.random() < 0.4]
                name = rng.choice(pool or pools[kind][0])
            if kind:
                forms += name
                labels += [f"B-{kind}"] + [f"I-{kind}"] * (len(name) - 1)
        out.append(treebank.Sentence(id=s.id, forms=forms, names=labels, own_names=s.own_names))
    return out


def _spans(labels):
    """(first, end, kind) of every name, in order."""
    out = []
    for i, label in enumerate(labels):
        if label.startswith("B-"):
            out.append((i, i + 1, label[2:]))
        elif label.startswith("I-") and out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1, out[-1][2])
    return out


def _table(path):
    lines = [line.rstrip("\n") for line in open(path, encoding="utf-8") if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


def _words(name):
    """A name's words as the treebanks cut them."""
    return name.replace("-", " - ").replace("'s", " 's").replace(",", " ,").split()
