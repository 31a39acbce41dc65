"""Checks the numbers of a file with one peer. Prints what it cost; writes one verdict a line: 1, 0, or E where the peer failed.

peers.py PEER FILE VERDICTS MOST: PEER is one of the keys below, MOST the rows of the file that are read.
"""
import importlib
import json
import sys
import time


def stdnum(module):
    import stdnum as package

    return f"python-stdnum {package.__version__} {module}", importlib.import_module(f"stdnum.{module}").is_valid


def id_validator():
    from importlib.metadata import version

    from id_validator import validator

    return f"id-validator {version('id-validator')}", lambda number: bool(validator.is_valid(number))


PEERS = {
    "stdnum-resident-id": lambda: stdnum("cn.ric"),
    "stdnum-credit-code": lambda: stdnum("cn.uscc"),
    "stdnum-bank-card": lambda: stdnum("luhn"),
    "id-validator": id_validator,
}

name, check = PEERS[sys.argv[1]]()
with open(sys.argv[2], encoding="utf-8") as file:
    next(file)
    numbers = [line.rstrip("\n") for _, line in zip(range(int(sys.argv[4])), file)]
check(numbers[0][:17])  # Whatever is loaded with the first call is not counted.

verdicts = []
started = time.process_time()
for number in numbers:
    try:
        verdicts.append("1" if check(number) else "0")
    except Exception:
        verdicts.append("E")
seconds = time.process_time() - started

with open(sys.argv[3], "w", encoding="utf-8") as file:
    file.write("\n".join(verdicts) + "\n")
print(json.dumps({"name": name, "rows": len(numbers), "seconds": seconds, "failed": verdicts.count("E")}))
