"""Writes labelled pairs of names as CSV: set, part (dev or held), label, near, left, right.

Positives of persons are a name and its alias on the OFAC and UN lists, and the name in its original script. Which part an
entity belongs to follows from a digest of its number, so a part never holds half of an entity. Negatives are names of two
entities that share no alias: taken at random (near = random), with the same surname (surname), and the name itself with one
letter replaced (letter) - the last only where a positive set consists of letters.

Chinese and Cyrillic pairs are generated from lists of given names and surnames with the romanisation tables of this folder and
of Python packages, none of which the engine uses.
"""
import csv, hashlib, random, sys, unicodedata, re, os
import xml.etree.ElementTree as ET
import chinese, cyrillic, organisations

DATA, OUT = sys.argv[1], sys.argv[2]


def part(key):
    return "dev" if hashlib.sha256(key.encode()).digest()[0] % 2 else "held"


def rows(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return [row for row in csv.reader(file) if len(row) > 3]


def ofac(kinds):
    names = {r[0]: [r[1].strip()] for r in rows(DATA + "/lists/ofac/sdn.csv") if r[2].strip() in kinds}
    for r in rows(DATA + "/lists/ofac/alt.csv"):
        if r[0] in names:
            names[r[0]].append(r[3].strip())
    return {"ofac" + k: (v, []) for k, v in names.items()}


def united_nations(tag, alias):
    entities = {}
    for e in ET.parse(DATA + "/lists/un_consolidated.xml").getroot().iter(tag):
        parts = [e.findtext(n) for n in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
        names = [" ".join(p.strip() for p in parts if p and p.strip())]
        for a in e.iter(alias):
            name = (a.findtext("ALIAS_NAME") or "").strip()
            if name and (tag == "ENTITY" or a.findtext("QUALITY") == "Good"):
                names.append(name)
        original = (e.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
        entities["un" + e.findtext("DATAID")] = (names, [" ".join(original.split())] if original else [])
    return entities


def plain(name):
    text = unicodedata.normalize("NFKD", name.lower())
    return " ".join(sorted(re.findall(r"\w+", "".join(c for c in text if not unicodedata.combining(c)))))


def script(name):
    counts = {}
    for c in name:
        if c.isalpha():
            first = unicodedata.name(c, "?").split()[0]
            counts[first] = counts.get(first, 0) + 1
    return max(counts, key=counts.get) if counts else "NONE"


def other_letter(name, dice):
    places = [i for i, c in enumerate(name) if c.isascii() and c.isalpha()]
    if not places:
        return None
    place = dice.choice(places)
    letters = "abcdefghijklmnopqrstuvwxyz"
    letter = dice.choice([l for l in letters if l != name[place].lower()])
    return name[:place] + (letter.upper() if name[place].isupper() else letter) + name[place + 1:]


def listed(write, name, entities, dice, surnames):
    for which in ("dev", "held"):
        keys = [k for k in entities if part(k) == which]
        primary = [k for k in keys if script(entities[k][0][0]) == "LATIN"]
        positives = []
        for k in keys:
            for alias in entities[k][0][1:]:
                if plain(alias) != plain(entities[k][0][0]) or alias != entities[k][0][0]:
                    positives.append((entities[k][0][0], alias, k))
        for left, right, _ in positives:
            write(name, which, 1, "", left, right)
        sets = {k: {plain(n) for n in entities[k][0]} for k in keys}
        apart = lambda a, b: a != b and not sets[a] & sets[b]
        wanted = max(4000, len(positives))
        made = 0
        while made < wanted:
            a, b = dice.choice(primary), dice.choice(primary)
            if apart(a, b):
                write(name, which, 0, "random", dice.choice(entities[a][0]), dice.choice(entities[b][0]))
                made += 1
        if surnames:
            by_surname = {}
            for k in keys:
                for n in entities[k][0]:
                    if "," in n:
                        by_surname.setdefault(plain(n.split(",")[0]), []).append((k, n))
            pairs = []
            for group in by_surname.values():
                for i, (a, left) in enumerate(group):
                    for b, right in group[i + 1:][:12]:
                        if apart(a, b) and plain(left) != plain(right):
                            pairs.append((left, right))
            dice.shuffle(pairs)
            for left, right in pairs[:2000]:
                write(name, which, 0, "surname", left, right)
        for k in dice.sample(primary, min(1000, len(primary))):
            left = dice.choice(entities[k][0])
            right = other_letter(left, dice)
            if right:
                write(name, which, 0, "letter", left, right)


def original(write, entities, dice):
    """The original script against every good romanised name of the entity."""
    for name, wanted in (("arabic", "ARABIC"), ("cyrillic-un", "CYRILLIC")):
        for which in ("dev", "held"):
            keys = [k for k, (_, o) in entities.items() if o and script(o[0]) == wanted and part(k) == which]
            for k in keys:
                for latin in entities[k][0]:
                    write(name, which, 1, "", entities[k][1][0], latin)
            for k in keys:
                for _ in range(12):
                    b = dice.choice(keys)
                    if b != k:
                        write(name, which, 0, "random", entities[k][1][0], dice.choice(entities[b][0]))
            # Nearest others: most letters of the romanised name shared.
            grams = lambda n: {plain(n)[i:i + 2] for i in range(len(plain(n)) - 1)}
            all_latin = [(b, n, grams(n)) for b in keys for n in entities[b][0]]
            for k in keys:
                mine = grams(entities[k][0][0])
                others = sorted(((len(mine & g) / len(mine | g), n) for b, n, g in all_latin if b != k and mine | g), reverse=True)
                for _, n in others[:3]:
                    write(name, which, 0, "near", entities[k][1][0], n)


def main():
    dice = random.Random(20261122)
    with open(OUT, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["set", "part", "label", "near", "left", "right"])
        write = lambda *row: table.writerow(row)
        un = united_nations("INDIVIDUAL", "INDIVIDUAL_ALIAS")
        listed(write, "latin-ofac", ofac({"individual"}), dice, True)
        listed(write, "latin-un", un, dice, False)
        listed(write, "organisation-ofac", ofac({"-0-"}), dice, False)
        listed(write, "organisation-un", united_nations("ENTITY", "ENTITY_ALIAS"), dice, False)
        original(write, un, dice)
        chinese.write(write, 7)
        cyrillic.write(write, 8)
        organisations.write(write, 9, ofac({"-0-"}), part)
        for r in csv.DictReader(open(DATA + "/names/name_pairs.csv", encoding="utf-8")):
            kind = "person" if r["kind"] == "person" else "organisation"
            if r["match"] in ("true", "false"):
                write("labelled-" + kind, "held", int(r["match"] == "true"), "" if r["match"] == "true" else "labelled", r["left"], r["right"])


main()
