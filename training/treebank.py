"""Reads what the syntax model learns from: treebanks in CoNLL-U, names in IOB, and GUM's entity layer.

Every reader yields `Sentence`s. A field that a source does not annotate is `None`, and the loss skips it.
"""

import dataclasses
import hashlib
import re

NAME_TYPES = ["PER", "ORG", "LOC", "MISC"]
GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclasses.dataclass
class Sentence:
    id: str
    forms: list
    upos: list | None = None
    xpos: list | None = None
    lemmas: list | None = None
    heads: list | None = None
    relations: list | None = None
    names: list | None = None  # BIO labels, one a word
    noisy_names: bool = False
    own_names: bool = False  # annotated by the guidelines that the model is to follow


def conllu(path, by="sent_id"):
    """Sentences of a CoNLL-U file, with what their comment `by` says; multi-word ranges and empty nodes are left out."""
    id_, rows = "", []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(f"# {by} ="):
            id_ = line.split("=", 1)[1].strip()
        elif not line:
            if rows:
                yield id_, rows
            id_, rows = "", []
        elif line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
    if rows:
        yield id_, rows


def treebank(path, names=None, noisy=False):
    """A treebank's sentences, with the names of `names` ({sent_id: labels}) where the word counts agree."""
    for id_, rows in conllu(path):
        labels = (names or {}).get(id_)
        yield Sentence(
            id=id_,
            forms=[r[1] for r in rows],
            upos=[r[3] for r in rows],
            xpos=[r[4] for r in rows],
            lemmas=[r[2] for r in rows],
            heads=[int(r[6]) for r in rows],
            relations=[r[7] for r in rows],
            names=labels if labels and len(labels) == len(rows) else None,
            noisy_names=noisy,
        )


def iob2(path):
    """Universal NER's files: {sent_id: BIO labels}, with OTH as MISC."""
    out, id_, labels = {}, None, []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# sent_id"):
            id_ = line.split("=", 1)[1].strip()
        elif not line:
            if id_ and labels:
                out[id_] = labels
            id_, labels = None, []
        elif line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                labels.append(cells[2].replace("-OTH", "-MISC"))
    if id_ and labels:
        out[id_] = labels
    return out


def corrected(labels, path):
    """`labels` ({sent_id: BIO labels}) with the persons, organisations and places of a file of corrections put in.

    A line of the file is a sentence's id and its names as `first-end:KIND`, words counted from 0, or nothing where it
    has none. Names of other kinds stay where they do not overlap. Gives the labels and the ids that stand in the file.
    """
    out, ids = dict(labels), set()
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        id_, _, spans = line.rstrip("\n").partition("\t")
        ids.add(id_)
        if id_ not in out:
            continue
        row = [label if label.endswith("-MISC") else "O" for label in out[id_]]
        for span in spans.split():
            bounds, kind = span.split(":")
            first, end = map(int, bounds.split("-"))
            row[first:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - first - 1)
        out[id_] = _bio(row)
    return out, ids


def news(path, names):
    """Sentences of plain news that `dateline parse` has split into words, as CoNLL-U in `path`, with the names that the
    file `names` gives them: a line is what `text_key` makes of the sentence's text, its number of words, and its names as
    in `corrected`. Sentences that are not in the file, or were split into other words, are left out."""
    known = {}
    for line in open(names, encoding="utf-8"):
        if not line.startswith("#"):
            key, words, spans = line.rstrip("\n").split("\t")
            known[key] = (int(words), spans)
    for text, rows in conllu(path, by="text"):
        words, spans = known.pop(text_key(text), (0, ""))
        if words != len(rows):
            continue
        labels = ["O"] * words
        for span in spans.split():
            bounds, kind = span.split(":")
            first, end = map(int, bounds.split("-"))
            labels[first:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - first - 1)
        yield Sentence(id=text_key(text), forms=[r[1] for r in rows], names=labels, own_names=True)


def text_key(text):
    """Tells a sentence by its text."""
    return hashlib.sha1(text.encode()).hexdigest()[:12]


def wikigold(path):
    """WikiGold's sentences: words and names only. Its IOB1 labels come out as BIO."""
    forms, labels, n = [], [], 0
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        cells = line.split()
        if not cells or cells[0] == "-DOCSTART-":
            if forms:
                n += 1
                yield Sentence(id=f"wikigold-{n}", forms=forms, names=_bio(labels))
            forms, labels = [], []
        else:
            forms.append(cells[0])
            labels.append(cells[-1])


def silver(path, longest=80):
    """Sentences that models have labelled: as `treebank`, but `_` stands where they were in doubt, and names are
    in the last column as `NER=`."""
    known = lambda cell: None if cell == "_" else cell
    for id_, rows in conllu(path):
        if 3 <= len(rows) <= longest:
            yield Sentence(
                id=id_, forms=[r[1] for r in rows], upos=[known(r[3]) for r in rows], xpos=[known(r[4]) for r in rows],
                heads=[None if r[6] == "_" else int(r[6]) for r in rows], relations=[known(r[7]) for r in rows],
                names=[known(r[9].split("NER=")[1].split("|")[0]) if "NER=" in r[9] else "O" for r in rows])


def _bio(labels):
    out, before = [], "O"
    for label in labels:
        if label != "O" and label.startswith("I-") and before[2:] != label[2:]:
            label = "B-" + label[2:]
        out.append(label)
        before = label
    return out


def gum_names(path):
    """{sent_id: BIO labels} from GUM's `Entity=` layer.

    GUM marks every entity, named or not. A named one is a person, organisation or place whose head word is a proper
    noun; its name is the run of proper nouns (and the small words between them) around that head.
    """
    out = {}
    for id_, rows in conllu(path):
        labels = ["O"] * len(rows)
        opened, spans = [], []
        for i, row in enumerate(rows):
            entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            if not entity:
                continue
            for group, kind, closes in _events(entity[1]):
                if kind is not None:
                    opened.append((group, kind, i))
                if closes:
                    for k in range(len(opened) - 1, -1, -1):
                        if opened[k][0] == group:
                            _, kind_, start = opened.pop(k)
                            spans.append((start, i + 1, kind_))
                            break
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            if kind not in GUM_NAMES:
                continue
            head = next((j for j in range(start, end) if not start < int(rows[j][6]) <= end and int(rows[j][6]) - 1 != j), start)
            if rows[head][3] != "PROPN":
                continue
            lo = hi = head
            named = lambda j: rows[j][3] == "PROPN"
            # "Gulf of Mexico" is one name; "President of Mexico" is not.
            small = ("-",) if kind == "person" else ("of", "the", "-", "and", "for")
            while hi + 1 < end and (named(hi + 1) or (hi + 2 < end and rows[hi + 1][1].lower() in small and named(hi + 2))):
                hi += 1
            while lo - 1 >= start and (named(lo - 1) or (lo - 2 >= start and rows[lo - 1][1] == "-" and named(lo - 2))):
                lo -= 1
            # The outermost name counts: "Mexico" within it is part of it.
            if any(label != "O" for label in labels[lo:hi + 1]):
                continue
            for j in range(lo, hi + 1):
                labels[j] = ("B-" if j == lo else "I-") + GUM_NAMES[kind]
        out[id_] = labels
    return out


def _events(value):
    """Openings and closings of an `Entity=` value in order: (group, kind or None, closes)."""
    out, at = [], 0
    while at < len(value):
        if value[at] == "(":
            m = re.match(r"\((\d+)-([a-z]+)([^()]*)(\)?)", value[at:])
            if not m:
                return out
            out.append((m[1], m[2], bool(m[4])))
            at += m.end()
        else:
            m = re.match(r"(\d+)\)", value[at:])
            if not m:
                return out
            out.append((m[1], None, True))
            at += m.end()
    return out


def lemma_script(form, lemma):
    """The rule that turns a form into its lemma: `case|cut|suffix`, or `=lemma` for the irregular.

    `case` is `k` when the form's capitals are kept, `l` when it is lower-cased first.
    """
    for case, base in (("k", form), ("l", form.lower())):
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        cut = len(base) - same
        if same > 0 and cut <= 5 and (same >= cut or cut <= 2) or lemma == base:
            return f"{case}|{cut}|{lemma[same:]}"
    return "=" + lemma


def apply_lemma_script(script, form):
    if script.startswith("="):
        return script[1:]
    case, cut, suffix = script.split("|", 2)
    base = form if case == "k" else form.lower()
    return base[: max(0, len(base) - int(cut))] + suffix
