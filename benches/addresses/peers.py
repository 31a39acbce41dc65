"""Parses the addresses of a file, one a line, with one peer. Prints what it cost; writes province, city, district and town, a row a line.

peers.py PEER FILE ANSWERS MOST: PEER is cpca or jionlp, MOST the rows of the file that are read.
"""
import json
import sys
import time
from importlib.metadata import version


def text(value):
    return value if isinstance(value, str) else ""


def cpca():
    import cpca as package

    def parse(rows):
        frame = package.transform(rows)
        columns = [[text(value) for value in frame[column]] for column in ("省", "市", "区")]
        return [[*row, ""] for row in zip(*columns)]

    return f"cpca {version('cpca')}", parse


def jionlp():
    import jionlp as package

    def one(row):
        try:
            found = package.parse_location(row, town_village=True)
        except Exception:
            return ["", "", "", ""]
        return [text(found.get(key)) for key in ("province", "city", "county", "town")]

    return f"jionlp {version('jionlp')}", lambda rows: [one(row) for row in rows]


name, parse = {"cpca": cpca, "jionlp": jionlp}[sys.argv[1]]()
with open(sys.argv[2], encoding="utf-8") as file:
    rows = [line.rstrip("\n") for _, line in zip(range(int(sys.argv[4])), file)]
parse(rows[:1])  # Whatever is loaded with the first call is not counted.
started = time.process_time()
answers = parse(rows)
seconds = time.process_time() - started
with open(sys.argv[3], "w", encoding="utf-8") as file:
    file.writelines("\t".join(answer) + "\n" for answer in answers)
print(json.dumps({"name": name, "rows": len(rows), "seconds": seconds}))
