"""Builds the word lists that the lemmatiser looks inflected forms up in.

    pip install --no-deps lemminflect==0.2.3
    python training/lexicon.py --treebank ewt-train.conllu gum-train.conllu --out crates/dateline-syntax/data

`bases.tsv` says which words are base forms of a noun, verb, adjective or adverb. `exceptions.tsv` holds what
spelling rules and that list together get wrong: irregular forms, closed classes, and forms of two words, likelier
first. `stem` below is the same rule as the program's, so that only what it misses is written down.
"""

import argparse
import collections
import csv
import gzip
import importlib.util
import pathlib
import re

LETTERS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
CLASSES = {"VBD": "v", "VBN": "v", "VBG": "v", "VBZ": "v", "NNS": "n", "NNPS": "n", "JJR": "a", "JJS": "a", "RBR": "r", "RBS": "r"}
ENDINGS = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s", "NNPS": "s", "JJR": "er", "JJS": "est", "RBR": "er", "RBS": "est"}
COLUMNS = {"verb": ("VBD", "VBN", "VBG", "VBZ"), "noun": ("NNS",), "adj": ("JJR", "JJS"), "adv": ("RBR", "RBS")}
# Tags whose words are few and fixed, so that a form seen often enough settles the lemma.
CLOSED = {"PRP", "PRP$", "DT", "WP", "WP$", "WDT", "MD", "RB", "POS", "VBZ", "VBP", "VBD", "IN", "NN", "NNP", "CC", "CD", "TO", "FW"}
# Abbreviated names that are written out; others are as often names of their own.
CALENDAR = set("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def candidates(form, tag):
    """Bases that spelling allows for a form with this tag, in the order in which they are tried."""
    ending = ENDINGS[tag]
    if not form.endswith(ending) or len(form) < len(ending) + 2:
        return
    stem = form[: -len(ending)]
    if ending == "s":
        if stem.endswith("ie"):
            yield stem[:-2] + "y"
        yield stem
        if stem.endswith(("se", "xe", "ze", "che", "she", "oe")):
            yield stem[:-1]
        if stem.endswith("ve"):
            yield stem[:-2] + "f"
            yield stem[:-2] + "fe"
        return
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if ending == "ing" and stem.endswith("y"):
        yield stem[:-1] + "ie"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou" or stem.endswith("ck"):
        if stem[-1] not in "lsz":
            yield stem[:-1]
            yield stem
        else:
            yield stem
            yield stem[:-1]
        return
    yield stem + "e"
    yield stem


def stem(form, tag, bases):
    """What the program makes of a form without exceptions: the first base that it knows, or a base as it stands."""
    return next((c for c in [*candidates(form, tag), form] if CLASSES[tag] in bases.get(c, "")), None)


def lexicon():
    """Base forms with their classes, and every inflected form's lemmas, from the package's tables."""
    folder = pathlib.Path(importlib.util.find_spec("lemminflect").submodule_search_locations[0], "resources")
    bases, forms, rank = collections.defaultdict(set), collections.defaultdict(list), {}
    word = re.compile("[a-z]+").fullmatch
    with gzip.open(folder / "infl_lu.csv.gz", "rt") as file:
        for lemma, kind, *cells in csv.reader(file):
            if kind not in LETTERS or not word(lemma) or len(lemma) < 2:
                continue
            bases[lemma].add(LETTERS[kind])
            if kind == "noun":
                columns = [cells[0] if cells else ""]
            elif kind == "verb":
                past, participle, *rest = cells + [""] * (4 - len(cells))
                columns = [past, participle or past, *rest]
            else:
                columns = (cells + ["", ""])[:2]
            for tag, cell in zip(COLUMNS[kind], columns):
                for form in cell.split("/"):
                    if word(form) and (tag != "VBG" or form.endswith("ing")) and lemma not in forms[form, tag]:
                        forms[form, tag].append(lemma)
    # The k is spelling: who is mimicking mimics.
    for lemma in [l for l in bases if l.endswith("ick") and "v" in bases[l] and "v" in bases.get(l[:-1], "")]:
        bases[lemma].discard("v")
        for lemmas in forms.values():
            if lemma in lemmas and len(lemmas) == 1:
                lemmas[0] = lemma[:-1]
    # The package lists a form's lemmas with the likelier first.
    with gzip.open(folder / "lemma_lu.csv.gz", "rt") as file:
        for form, kind, lemmas in csv.reader(file):
            for n, lemma in enumerate(lemmas.split("/")):
                rank[form, LETTERS.get(kind), lemma] = n
    for (form, tag), lemmas in forms.items():
        # Of two spellings, "calorie" is commoner than "calory".
        lemmas.sort(key=lambda l: (form.endswith("ies") and l.endswith("y") and l[:-1] + "ie" in lemmas, rank.get((form, CLASSES[tag], l), 9)))
    return bases, forms


def counted(paths):
    """How often the treebanks give each lemma to a form with a tag."""
    counts = collections.defaultdict(collections.Counter)
    for path in paths:
        for line in open(path, encoding="utf-8"):
            row = line.rstrip("\n").split("\t")
            # Words that the annotators corrected are misspelt; their lemmas say nothing about the form.
            if len(row) == 10 and row[0].isdigit() and row[2] != "_" and ("Typo=Yes" not in row[5] or row[3] in ("AUX", "PART")):
                counts[row[1].lower().replace("’", "'"), row[4]][row[2]] += 1
    return counts


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--treebank", nargs="+", required=True)
    arguments.add_argument("--out", type=pathlib.Path, required=True)
    arguments = arguments.parse_args()
    bases, forms = lexicon()
    counts = counted(arguments.treebank)
    # Bases that the treebanks know and the package does not.
    for (form, tag), lemmas in counts.items():
        for lemma, n in lemmas.items():
            if tag in CLASSES and tag != "NNPS" and n >= 2 and re.fullmatch("[a-z]{3,}", lemma) and lemma != form:
                bases[lemma].add(CLASSES[tag])
    exceptions = {}
    for form, tag in sorted(set(forms) | {k for k in counts if k[1] in CLASSES and k[1] != "NNPS"}):
        known, seen = forms.get((form, tag), []), counts.get((form, tag), {})
        words = [l for l, n in seen.items() if (l in known or n >= 2) and re.fullmatch("[a-z]+", l)]
        lemmas = sorted(dict.fromkeys(known + words), key=lambda l: -seen.get(l, 0))
        if known and sum(seen.values()) >= 5:
            lemmas = [l for l in lemmas if seen.get(l, 0) * 4 >= sum(seen.values())]
        if lemmas and re.fullmatch("[a-z]+", form) and [stem(form, tag, bases)] != lemmas:
            if not (len(lemmas) > 1 and lemmas[0] == stem(form, tag, bases) and not words[1:]):
                exceptions[form, tag] = lemmas
    for (form, tag), seen in counts.items():
        if tag == "NNPS":
            lemma, n = seen.most_common(1)[0]
            if n >= 2 and lemma.lower() != (stem(form, tag, bases) or form[:-1]) and re.fullmatch("[a-z]+", form):
                exceptions[form, tag] = [lemma]
        elif tag in CLOSED and (form, tag) not in exceptions:
            total = sum(seen.values())
            lemmas = [l for l, n in seen.most_common() if n >= (5 if len(form) == 1 else 3) and n * 50 >= total]
            if tag == "NNP":
                lemmas = [l for l in lemmas[:1] if l in CALENDAR]
            if lemmas and lemmas != [form] and any(l.lower() != form for l in lemmas) and not form[0].isdigit():
                if not (tag in CLASSES and [stem(form, tag, bases)] == lemmas):
                    exceptions[form, tag] = lemmas
    write(arguments.out / "bases.tsv", ((word, "".join(sorted(kinds))) for word, kinds in bases.items()))
    write(arguments.out / "exceptions.tsv", ((form, tag, " ".join(lemmas)) for (form, tag), lemmas in exceptions.items()))


def write(path, rows):
    # Byte order, because the program searches the text by halving it.
    lines = sorted("\t".join(row) for row in rows if row[1])
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
