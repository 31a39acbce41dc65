"""Generated Cyrillic names against the romanisations in use: passports (ICAO), BGN/PCGN, ISO 9, German and French press."""
import random
from faker.providers.person.ru_RU import Provider as Russian
from faker.providers.person.uk_UA import Provider as Ukrainian

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
TABLES = {
    "passport": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
    "bgn": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "old passport": "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "iso9": "a b v g d e ё zh z i j k l m n o p r s t u f h c č š ŝ _ y _ è û â",
    "german": "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
    "french": "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    "loose": "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya",
}
ISO9 = {"ж": "ž", "ё": "ë"}


def romanise(word, scheme):
    table = dict(zip(LETTERS, TABLES[scheme].split()))
    if scheme == "iso9":
        table.update(ISO9)
    out = ""
    word = word.lower()
    for i, c in enumerate(word):
        piece = table.get(c, c)
        if scheme == "bgn" and c == "е" and (i == 0 or word[i - 1] in "аеёиоуыэюяъь"):
            piece = "ye"
        out += "" if piece == "_" else piece
    if scheme in ("old passport", "loose") and word.endswith(("ий", "ый")):
        out = out[:-2] + "y"
    return out.capitalize()


def write(write, seed):
    dice = random.Random(seed)
    men = [n for n in Russian.first_names_male if n.isalpha()]
    last = [n for n in Russian.last_names_male if n.isalpha()]
    fathers = [n for n in Russian.middle_names_male if n.isalpha()]
    for which in ("dev", "held"):
        for _ in range(1500):
            first, father, family = dice.choice(men), dice.choice(fathers), dice.choice(last)
            scheme = dice.choice(list(TABLES))
            left = dice.choice([f"{family} {first} {father}", f"{first} {family}", f"{first} {father} {family}"])

            def latin(first, father, family):
                words = [romanise(w, scheme) for w in (first, father, family)]
                return dice.choice([f"{words[0]} {words[2]}", f"{words[2].upper()}, {words[0]} {words[1]}", f"{words[0]} {words[1]} {words[2]}", f"{words[2].upper()} {words[0]}"])

            write("cyrillic", which, 1, "", left, latin(first, father, family))
            other = dice.choice([n for n in men if n != first])
            write("cyrillic", which, 0, "surname", left, latin(other, dice.choice(fathers), family))
            write("cyrillic", which, 0, "random", left, latin(dice.choice(men), dice.choice(fathers), dice.choice(last)))
