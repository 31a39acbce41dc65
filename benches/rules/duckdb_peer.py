"""Judges the rows of a CSV file by rules written as SQL, in DuckDB. Prints the outcomes of each rule with their counts.

duckdb_peer.py ROWS.csv RULES.tsv THREADS: RULES has a line for each rule, its id and an expression, with a tab between.
The columns are loaded before anything is counted; what is counted is the processor time of the queries alone.
"""
import json
import sys
import time

import duckdb

rows, rules, threads = sys.argv[1:4]
connection = duckdb.connect()
connection.execute(f"set threads to {int(threads)}")
types = {"age": "bigint", "assets": "bigint", "records": "bigint", "turnover": "double", "share": "double", "listed": "boolean",
         "is_foreign": "boolean", "kind": "varchar", "country": "varchar", "job": "varchar", "since": "date", "document_ends": "date"}
connection.execute("create table customers as select * from read_csv(?, header = true, types = ?)", [rows, types])
with open(rules, encoding="utf-8") as file:
    expressions = [line.rstrip("\n").split("\t", 1) for line in file]

counts, seconds, wall = {}, 0.0, 0.0
for name, expression in expressions:
    query = f"select outcome, count(*) from (select {expression} as outcome from customers) group by outcome"
    started, clock = time.process_time(), time.perf_counter()
    found = connection.execute(query).fetchall()
    seconds += time.process_time() - started
    wall += time.perf_counter() - clock
    counts[name] = {outcome: count for outcome, count in found}
print(json.dumps({"name": f"DuckDB {duckdb.__version__}", "seconds": seconds, "wall": wall, "counts": counts}))
