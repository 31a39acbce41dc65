"""Generated Chinese names: characters against pinyin, Wade-Giles, Cantonese, other characters.

Names are drawn from the lists of mainland and Taiwan names of the Faker package. Pinyin and Wade-Giles come from pypinyin, Cantonese
sounds from ToJyutping and are respelled by the table below as registries of Hong Kong spell them; traditional
characters come from OpenCC. None of these tables is one of the engine's.
"""
import random
import re

import opencc
import ToJyutping
from faker.providers.person.zh_CN import Provider as Mainland
from faker.providers.person.zh_TW import Provider as Taiwan
from pypinyin import Style, lazy_pinyin

SURNAME_SOUNDS = {"单": "shan4", "解": "xie4", "仇": "qiu2", "曾": "zeng1", "查": "zha1", "区": "ou1", "朴": "piao2", "盖": "ge3",
                  "覃": "qin2", "乐": "yue4", "任": "ren2", "华": "hua4", "宁": "ning4", "缪": "miao4", "尉迟": "yu4 chi2", "万俟": "mo4 qi2",
                  "翟": "zhai2", "葛": "ge3", "洗": "xian3", "员": "yun4", "召": "shao4", "秘": "bi4", "冼": "xian3", "逄": "pang2"}
COMPOUND = ["欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "令狐", "慕容", "尉迟", "东方", "端木"]
RARE = [("喆", "哲"), ("堃", "坤"), ("淼", "渺"), ("昇", "升"), ("珮", "佩"), ("祐", "佑"), ("甯", "宁"), ("濬", "浚"), ("璿", "璇"),
        ("峯", "峰"), ("羣", "群"), ("邨", "村"), ("叡", "睿"), ("燿", "耀"), ("崑", "昆"), ("陞", "升"), ("頴", "颖"), ("恒", "恆")]
STAND_INS = ["玥", "堃", "喆", "翀", "祎", "垚", "赟", "頔", "珺", "昉"]
HONG_KONG = {"陈": "Chan", "黄": "Wong", "李": "Lee", "张": "Cheung", "林": "Lam", "王": "Wong", "吴": "Ng", "刘": "Lau", "梁": "Leung", "郑": "Cheng",
             "何": "Ho", "罗": "Law", "杨": "Yeung", "叶": "Yip", "邓": "Tang", "蔡": "Choi", "曾": "Tsang", "谢": "Tse", "冯": "Fung", "郭": "Kwok",
             "徐": "Tsui", "余": "Yu", "苏": "So", "萧": "Siu", "许": "Hui", "胡": "Wu", "马": "Ma", "卢": "Lo", "高": "Ko", "朱": "Chu",
             "周": "Chow", "关": "Kwan", "钟": "Chung", "潘": "Poon", "彭": "Pang", "唐": "Tong", "邱": "Yau", "赵": "Chiu", "孙": "Suen", "杜": "To"}
# Onsets and rimes of Jyutping as government registries spell them.
ONSETS = {"b": "p", "p": "p", "m": "m", "f": "f", "d": "t", "t": "t", "n": "n", "l": "l", "g": "k", "k": "k", "ng": "ng", "h": "h", "gw": "kw", "kw": "kw",
          "w": "w", "z": "ch", "c": "ch", "s": "s", "j": "y", "": ""}
RIMES = {"aa": "a", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at", "aak": "ak", "ai": "ai", "au": "au", "am": "am",
         "an": "an", "ang": "ang", "ap": "ap", "at": "at", "ak": "ak", "e": "e", "ei": "ei", "eng": "eng", "ek": "ek", "i": "i", "iu": "iu", "im": "im", "in": "in",
         "ing": "ing", "ip": "ip", "it": "it", "ik": "ik", "o": "o", "oi": "oi", "ou": "o", "on": "on", "ong": "ong", "ot": "ot", "ok": "ok", "u": "u", "ui": "ui",
         "un": "un", "ung": "ung", "ut": "ut", "uk": "uk", "eoi": "ui", "eon": "un", "eot": "ut", "oe": "eu", "oeng": "eung", "oek": "euk", "yu": "yu", "yun": "uen",
         "yut": "uet", "a": "a", "m": "m", "ng": "ng"}


def hong_kong(jyutping):
    jyutping = jyutping.rstrip("123456")
    if jyutping in ("m", "ng"):
        return "Ng"
    onset, rime = re.match(r"(ng|gw|kw|[bpmfdtnlgkhwzcsj]?)(.*)", jyutping).groups()
    spelled = ONSETS[onset]
    if onset == "z" and rime in ("i", "iu", "u", "uk", "ung", "ou", "oi") and rime != "i":
        spelled = "ch"
    if onset == "c" and rime in ("o", "oi", "ong", "e"):
        spelled = "ts"
    if (onset, rime) in (("s", "i"),):
        return "Sze"
    if (onset, rime) in (("z", "i"), ("c", "i")):
        return "Chi" if onset == "z" else "Tsz"
    if onset != "j" and rime == "yu":
        return (spelled + "u").capitalize()
    if onset == "j" and rime.startswith("yu"):
        return ("Yu" + rime[2:].replace("n", "en").replace("t", "et")).capitalize()
    if onset == "j" and rime.startswith(("i",)):
        return ("Y" + rime).capitalize()
    return (spelled + RIMES.get(rime, rime)).capitalize()


class Names:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        # Only dictionaries know their script; the mainland list is the smaller.
        simplify = opencc.OpenCC("t2s").convert
        self.traditional = [opencc.OpenCC(way).convert for way in ("s2t", "s2hk", "s2tw")]
        self.surnames = [(s, w) for s, w in Mainland.last_names.items()]
        given = list(Mainland.first_names) + [simplify(g) for g in Taiwan.first_names]
        characters = sorted({c for g in given for c in g})
        self.given, self.characters = given, characters

    def surname(self):
        if self.dice.random() < 0.06:
            return self.dice.choice(COMPOUND)
        if self.dice.random() < 0.06:
            return self.dice.choice([s for s in SURNAME_SOUNDS if len(s) == 1])
        names, weights = zip(*self.surnames)
        return self.dice.choices(names, weights)[0]

    def name(self):
        way = self.dice.random()
        if way < 0.35:
            given = self.dice.choice(self.given)
        elif way < 0.55:
            given = self.dice.choice(self.characters)
        else:
            given = self.dice.choice(self.characters) + self.dice.choice(self.characters)
        return self.surname(), given

    def near(self, surname, given):
        """Another name: one character of the given name is another one with another sound."""
        place = self.dice.randrange(len(given))
        sound = lazy_pinyin(given[place])
        while True:
            c = self.dice.choice(self.characters)
            if lazy_pinyin(c) != sound:
                return surname, given[:place] + c + given[place + 1:]

    def sounds(self, surname, given):
        first = SURNAME_SOUNDS[surname].split() if surname in SURNAME_SOUNDS else lazy_pinyin(surname, style=Style.TONE3, neutral_tone_with_five=True)
        return first, lazy_pinyin(given, style=Style.TONE3, neutral_tone_with_five=True)

    def pinyin(self, surname, given):
        dice = self.dice
        first, last = self.sounds(surname, given)
        tones = dice.random() < 0.1
        umlaut = dice.choice(["v", "ü", "u", "yu"])
        clean = lambda s: (s if tones else s.rstrip("12345")).replace("v", umlaut if not tones else "v")
        first, last = [clean(s) for s in first], [clean(s) for s in last]
        joint = dice.choice(["", "", "", " ", "-", "'"]) if not tones else " "
        family, name = "".join(first) if not tones else " ".join(first), joint.join(last)
        family, name = family.capitalize(), name.capitalize()
        return dice.choice([
            lambda: f"{family} {name}", lambda: f"{family.upper()} {name}", lambda: f"{name} {family}", lambda: f"{family.upper()}, {name.upper()}",
            lambda: f"{family.upper()} {name.upper()}", lambda: f"{name} {family.upper()}", lambda: f"{family}{name.lower()}" if not tones else f"{family} {name}",
        ])()

    def wade_giles(self, surname, given):
        plain = [s.rstrip("12345") for part in self.sounds(surname, given) for s in part]
        spelled = [wade(s) for s in plain]
        count = len(surname)
        family, name = "-".join(spelled[:count]).capitalize(), "-".join(spelled[count:]).capitalize()
        if self.dice.random() < 0.5:
            family, name = family.replace("'", ""), name.replace("'", "")
        return self.dice.choice([f"{family} {name}", f"{family.upper()} {name}", f"{name} {family}", f"{family.upper()}, {name}"])

    def cantonese(self, surname, given):
        traditional = self.traditional[1](surname + given)
        heard = [s for _, s in ToJyutping.get_jyutping_list(traditional)]
        spelled = [hong_kong(s.split()[0]) if s else "" for s in heard]
        if surname in HONG_KONG:
            spelled[0] = HONG_KONG[surname]
        family, name = " ".join(spelled[:len(surname)]), spelled[len(surname):]
        if len(surname) == 2:
            family = family.replace(" ", "").capitalize()
        joined = self.dice.choice([" ".join(name), "-".join(name), name[0] + "-" + "".join(name[1:]).lower() if len(name) > 1 else name[0]])
        english = self.dice.choice(["", "", "", "Jack ", "Peter ", "Mary "])
        return self.dice.choice([f"{family.upper()} {joined}", f"{family} {joined}", f"{english}{family.upper()} {joined}", f"{family.upper()}, {joined}"])

    def other_writing(self, surname, given):
        """The same name as another register may write it, or nothing if there is no other way for it."""
        dice, name = self.dice, surname + given
        way = dice.randrange(6)
        if way <= 1:
            other = dice.choice(self.traditional)(name)
        elif way == 2:
            rare, usual = dice.choice(RARE)
            if len(given) < 2:
                return None
            name = surname + given[0] + rare
            other = surname + given[0] + usual
        elif way == 3:
            rare = dice.choice(STAND_INS)
            name = surname + given[0] + rare
            sound = lazy_pinyin(rare)[0]
            other = surname + given[0] + dice.choice([sound, sound.upper(), "?", "*", "？", "＊", "〇"])
        elif way == 4:
            other = name + dice.choice(["先生", "女士", " 老师", "(先生)"])
        else:
            other = dice.choice([" ".join(name), name[0] + "\u3000" + name[1:], f"{self.name()[1]}（曾用名：{name}）", f"{name}(又名{''.join(self.name())})"])
        return (name, other) if other != name else None


def wade(s):
    """Wade-Giles of a pinyin syllable, after the table of the Library of Congress of 1997, apostrophes kept."""
    onsets = [("zh", "ch"), ("ch", "ch'"), ("sh", "sh"), ("b", "p"), ("p", "p'"), ("d", "t"), ("t", "t'"), ("g", "k"), ("k", "k'"), ("j", "ch"), ("q", "ch'"),
              ("x", "hs"), ("z", "ts"), ("c", "ts'"), ("r", "j")]
    whole = {"zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tz'u", "si": "ssu", "er": "erh", "you": "yu", "ye": "yeh", "yan": "yen",
             "yi": "i", "yu": "yü", "yue": "yüeh", "yuan": "yüan", "yun": "yün", "yong": "yung", "ge": "ko", "ke": "k'o", "he": "ho", "gui": "kuei", "kui": "k'uei",
             "jie": "chieh", "qie": "ch'ieh", "xie": "hsieh", "e": "o"}
    if s in whole:
        return whole[s]
    onset, rime = "", s
    for p, w in onsets:
        if s.startswith(p):
            onset, rime = w, s[len(p):]
            palatal = p in "jqx"
            break
    else:
        palatal = False
        if s[0] in "mfnlh":
            onset, rime = s[0], s[1:]
    if palatal and rime.startswith("u"):
        rime = "ü" + rime[1:]
    rime = rime.replace("v", "ü")
    rime = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "üe": "üeh", "ue": "üeh", "uo": "o" if onset not in ("k", "k'", "h", "sh") else "uo"}.get(rime, rime)
    if rime == "e" and onset in ("ch", "ch'", "sh", "j", "ts", "ts'", "t", "t'", "l"):
        rime = "ê"
    if rime in ("en", "eng") and onset:
        rime = rime.replace("e", "ê")
    return onset + rime


def write(write, seed):
    for which, shift in (("dev", 0), ("held", 1)):
        names = Names(seed * 2 + shift)
        for setname, spell in (("chinese-pinyin", names.pinyin), ("chinese-wade-giles", names.wade_giles), ("chinese-cantonese", names.cantonese)):
            for _ in range(1500):
                surname, given = names.name()
                write(setname, which, 1, "", surname + given, spell(surname, given))
                write(setname, which, 0, "one character", surname + given, spell(*names.near(surname, given)))
                write(setname, which, 0, "random", surname + given, spell(*names.name()))
        made = 0
        while made < 1500:
            surname, given = names.name()
            pair = names.other_writing(surname, given)
            if pair:
                write("chinese-chinese", which, 1, "", *pair)
                write("chinese-chinese", which, 0, "one character", surname + given, "".join(names.near(surname, given)))
                write("chinese-chinese", which, 0, "random", surname + given, "".join(names.name()))
                made += 1
        for _ in range(800):
            surname, given = names.name()
            write("pinyin-pinyin", which, 1, "", names.pinyin(surname, given), names.pinyin(surname, given))
            write("pinyin-pinyin", which, 0, "one character", names.pinyin(surname, given), names.pinyin(*names.near(surname, given)))
            write("pinyin-pinyin", which, 0, "random", names.pinyin(surname, given), names.pinyin(*names.name()))
