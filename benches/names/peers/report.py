"""Recall of every scorer at fixed rates of false positives, by set, on one part of the pairs."""
import csv
import sys


def main(pairs, part, *scores):
    rows = list(csv.DictReader(open(pairs, encoding="utf-8")))
    columns = {}
    for path in scores:
        table = list(csv.reader(open(path, encoding="utf-8")))
        for place, name in enumerate(table[0]):
            columns[name] = [float(row[place]) for row in table[1:]]
    columns = {k: v for k, v in columns.items() if k not in ("WRatio",)} if part == "dev" else columns
    sets = sorted({row["set"] for row in rows})
    print(f"| set | positives | negatives | {' | '.join(columns)} |")
    print("| --- | --: | --: |" + " --: |" * len(columns))
    for name in sets:
        mine = [i for i, row in enumerate(rows) if row["set"] == name and row["part"] in (part, "" if part != "held" else "held")]
        positive = [i for i in mine if rows[i]["label"] == "1"]
        negative = [i for i in mine if rows[i]["label"] == "0"]
        if not positive or not negative:
            continue
        cells = []
        for column in columns.values():
            others = sorted((column[i] for i in negative), reverse=True)
            at = lambda rate: sum(column[i] > others[min(int(len(others) * rate), len(others) - 1)] for i in positive) / len(positive)
            cells.append(f"{at(.01):.3f} / {at(.001):.3f}")
        print(f"| {name} | {len(positive)} | {len(negative)} | {' | '.join(cells)} |")


main(*sys.argv[1:])
