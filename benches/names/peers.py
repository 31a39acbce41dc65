"""Scores every pair of a CSV of pairs with one peer after another, one column each; nanoseconds of processor time a pair as JSON."""
import csv
import json
import sys
import time

from followthemoney.proxy import EntityProxy
from nomenklatura.matching import get_algorithm
from rapidfuzz import fuzz, utils


def entity(name, schema, place):
    return EntityProxy.from_dict({"id": f"n{place}", "schema": schema, "properties": {"name": [name]}}, cleaned=False)


def main(source, target, times):
    rows = list(csv.DictReader(open(source, encoding="utf-8")))
    columns, spent = {}, {}

    def measure(peer, score):
        begun = time.process_time()
        columns[peer] = [score(place, row) for place, row in enumerate(rows)]
        spent[peer] = (time.process_time() - begun) / len(rows) * 1e9

    measure("rapidfuzz token_sort", lambda _, r: fuzz.token_sort_ratio(r["left"], r["right"], processor=utils.default_process) / 100)
    measure("rapidfuzz WRatio", lambda _, r: fuzz.WRatio(r["left"], r["right"], processor=utils.default_process) / 100)
    for peer in ("name-based", "logic-v1", "logic-v2"):
        algorithm = get_algorithm(peer)
        settings = algorithm.default_config()

        def score(place, row):
            schema = "Organization" if "organisation" in row["set"] else "Person"
            left, right = entity(row["left"], schema, 2 * place), entity(row["right"], schema, 2 * place + 1)
            return algorithm.compare(left, right, settings).score

        measure(f"nomenklatura {peer}", score)
    with open(target, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(zip(*columns.values()))
    with open(times, "w", encoding="utf-8") as file:
        json.dump(spent, file)


main(*sys.argv[1:])
