#!/usr/bin/env python3
"""Reads what `dateline read` writes with the readers that its users have.

    python3 -m venv /tmp/readers && /tmp/readers/bin/pip install pandas pyarrow duckdb geopandas conllu jsonschema
    /tmp/readers/bin/python crates/dateline-export/tests/readers.py target/quick/dateline examples/*.txt

Exits with 1 and says what is wrong where a reader does not get the same from two formats. A reader that is not installed
is skipped with a line that says so; SQLite comes with Python and is never skipped.
"""

import csv
import importlib.util
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

FAILURES = []


def expect(truth, what):
    if not truth:
        FAILURES.append(what)
        print(f"  WRONG: {what}")


def has(module):
    found = importlib.util.find_spec(module) is not None
    if not found:
        print(f"  skipped: {module} is not installed")
    return found


def table(path, delimiter=","):
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=delimiter)
    expect(all(len(row) == len(header) for row in rows), f"{path.name}: every row is as long as the header")
    return header, rows


def parquet_in_pandas(files):
    if not (has("pandas") and has("pyarrow")):
        return
    import pandas
    import pyarrow.parquet
    import pyarrow.types as types

    frame = pandas.read_parquet(files["parquet"])
    header, rows = table(files["csv"])
    expect(list(frame.columns) == header, "pandas: columns are those of the CSV")
    expect(len(frame) == len(rows), "pandas: rows are those of the CSV")
    at = {name: place for place, name in enumerate(header)}
    for name in ["id", "type", "cameo", "sentence_text", "place"]:
        found = [value if isinstance(value, str) else "" for value in frame[name]]
        expect(found == [row[at[name]] for row in rows], f"pandas: column {name}")
    for name in ["actor_names", "modes", "contexts", "figures"]:
        expect(["|".join(items) for items in frame[name]] == [row[at[name]] for row in rows], f"pandas: list {name}")
    for name in ["lat", "intensity", "sentence", "killed"]:
        found = ["" if pandas.isna(value) else float(value) for value in frame[name]]
        given = ["" if row[at[name]] == "" else float(row[at[name]]) for row in rows]
        expect(found == given, f"pandas: number {name}")
    schema = pyarrow.parquet.read_schema(files["parquet"])
    expect(types.is_date32(schema.field("date_start").type), "pyarrow: days are dates")
    expect(types.is_list(schema.field("modes").type), "pyarrow: lists are lists")
    expect(types.is_int64(schema.field("sentence").type), "pyarrow: whole numbers are")
    days = [str(value) if value is not None and value == value else "" for value in frame["date_start"]]
    expect([d.replace("NaT", "").replace("None", "")[:10] for d in days] == [row[at["date_start"]] for row in rows], "pandas: days")
    print(f"  pandas {pandas.__version__}: {len(frame)} rows, {len(frame.columns)} columns")


def parquet_in_duckdb(files):
    if not has("duckdb"):
        return
    import duckdb

    query = duckdb.sql
    count = query(f"select count(*) from '{files['parquet']}'").fetchall()[0][0]
    same = query(
        f"select count(*) from '{files['parquet']}' p join read_csv('{files['csv']}', all_varchar=true) c"
        " on p.id = c.id and p.type = c.type and list_count(p.actor_names) ="
        " case when c.actor_names is null or c.actor_names = '' then 0 else list_count(string_split(c.actor_names, '|')) end"
        " and coalesce(strftime(p.date_start, '%Y-%m-%d'), '') = coalesce(c.date_start, '')"
    ).fetchall()[0][0]
    expect(count == same, f"DuckDB: {same} of {count} rows of the Parquet are those of the CSV")
    print(f"  DuckDB {duckdb.__version__}: {count} rows")


def csv_in_sqlite(files):
    header, rows = table(files["csv"])
    store = sqlite3.connect(":memory:")
    store.execute(f"create table event ({', '.join(chr(34) + name + chr(34) for name in header)})")
    store.executemany(f"insert into event values ({', '.join('?' * len(header))})", rows)
    count, ids = store.execute("select count(*), count(distinct id) from event").fetchone()
    expect(count == ids == len(rows), "SQLite: ids are unique")
    outside = store.execute("select count(*) from event where cast(quad as integer) not between 1 and 4").fetchone()[0]
    expect(outside == 0, "SQLite: quad classes")
    print(f"  SQLite {sqlite3.sqlite_version}: {count} rows")


def geojson(files):
    with open(files["geojson"], encoding="utf-8") as file:
        collection = json.load(file)
    features = collection["features"]
    placed = [feature for feature in features if feature["geometry"] is not None]
    for feature in placed:
        lon, lat = feature["geometry"]["coordinates"]
        expect(-180 <= lon <= 180 and -90 <= lat <= 90, f"GeoJSON: {lon}, {lat}")
        properties = feature["properties"]
        expect((lon, lat) == (properties["lon"], properties["lat"]), "GeoJSON: longitude first")
    if not has("geopandas"):
        return
    import geopandas

    frame = geopandas.read_file(files["geojson"])
    expect(len(frame) == len(features), "GDAL: features")
    expect(int(frame.geometry.notna().sum()) == len(placed), "GDAL: placed features")
    expect(frame.crs is not None and frame.crs.to_epsg() == 4326, "GDAL: WGS 84")
    for point, lon, lat in zip(frame.geometry, frame["lon"], frame["lat"]):
        expect(point is None or (point.x, point.y) == (lon, lat), "GDAL: points")
    print(f"  geopandas {geopandas.__version__}: {len(frame)} features, {len(placed)} placed")


def tables_of_others(files):
    for name, columns, delimiter in [
        ("polecat", 40, "\t"), ("icews", 20, "\t"), ("ucdp", 49, ","), ("acled", 31, ","),
    ]:
        header, rows = table(files[name], delimiter)
        expect(len(header) == columns, f"{name}: {columns} columns")
        print(f"  {name}: {len(rows)} rows")
    for name, columns in [("gdelt", 61), ("gdelt-mentions", 16)]:
        lines = files[name].read_text(encoding="utf-8").split("\n")[:-1]
        expect(all(len(line.split("\t")) == columns for line in lines), f"{name}: {columns} columns")
        print(f"  {name}: {len(lines)} rows")
    if has("pandas"):
        import pandas

        frame = pandas.read_csv(files["gdelt"], sep="\t", header=None, dtype=str, quoting=csv.QUOTE_NONE)
        expect(frame.shape[1] == 61, "pandas: GDELT has 61 columns")
        frame = pandas.read_csv(files["polecat"], sep="\t", dtype=str)
        expect(frame.shape[1] == 40 and frame["Event ID"].is_unique, "pandas: POLECAT")


ANNOTATION = {
    "type": "object",
    "required": ["@context", "id", "type", "target", "body", "motivation"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string", "pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["tagging"]},
        "body": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["type", "purpose"]}},
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {"type": "string", "pattern": "^[a-z]+:"},
                "selector": {
                    "type": "array",
                    "prefixItems": [
                        {"required": ["type", "exact", "prefix", "suffix"], "properties": {"type": {"const": "TextQuoteSelector"}}},
                        {"required": ["type", "start", "end"], "properties": {"type": {"const": "TextPositionSelector"}}},
                    ],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
        },
    },
}


def annotations(files):
    lines = [json.loads(line) for line in files["annotations"].read_text(encoding="utf-8").split("\n") if line]
    expect(len({line["id"] for line in lines}) == len(lines), "annotations: ids are unique")
    if has("jsonschema"):
        import jsonschema

        validator = jsonschema.Draft202012Validator(ANNOTATION)
        for line in lines:
            for error in validator.iter_errors(line):
                expect(False, f"annotation: {error.message}")
    print(f"  {len(lines)} annotations")


def conllu(files):
    if not has("conllu"):
        return
    import conllu

    with open(files["conllu"], encoding="utf-8") as file:
        sentences = list(conllu.parse_incr(file))
    events = sum(1 for sentence in sentences for token in sentence if token["misc"] and "Event" in token["misc"])
    for sentence in sentences:
        brackets = "".join(token["misc"].get("Entity", "") for token in sentence if token["misc"])
        expect(brackets.count("(") == brackets.count(")"), f"CoNLL-U: {sentence.metadata['sent_id']}: {brackets}")
    print(f"  conllu: {len(sentences)} sentences, {events} words that report events")


def brat(folder):
    texts = sorted(folder.glob("*.txt"))
    lines = 0
    for path in texts:
        text = path.read_bytes().decode("utf-8")
        for line in path.with_suffix(".ann").read_bytes().decode("utf-8").split("\n"):
            if line.startswith("T"):
                _, place, words = line.split("\t")
                spans = [span.split() for span in place.split(" ", 1)[1].split(";")]
                expect(" ".join(text[int(a):int(b)] for a, b in spans) == words, f"brat: {line}")
                lines += 1
    print(f"  brat: {len(texts)} texts, {lines} annotated stretches")


def main():
    program, *inputs = sys.argv[1:]
    formats = [
        "csv", "parquet", "geojson", "plover", "polecat", "gdelt", "gdelt-mentions", "icews", "ucdp", "acled",
        "annotations", "conllu",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = {}
        for form in formats + ["brat"]:
            files[form] = folder / f"out.{form}"
            subprocess.run([program, "read", "--engine", "fast", "-f", form, "-o", files[form], *inputs], check=True)
        for check in [parquet_in_pandas, parquet_in_duckdb, csv_in_sqlite, geojson, tables_of_others, annotations, conllu]:
            print(check.__name__)
            check(files)
        print("brat")
        brat(files["brat"])
        records = [json.loads(line) for line in files["plover"].read_text(encoding="utf-8").split("\n") if line]
        expect(len(records) == len(table(files["csv"])[1]), "PLOVER: a record an event")
    print(f"{len(FAILURES)} wrong" if FAILURES else "all formats read back")
    return 1 if FAILURES else 0


if __name__ == "__main__":
    sys.exit(main())
