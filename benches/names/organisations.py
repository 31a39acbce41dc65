"""Pairs of organisations: invented Chinese ones as registries, banks and letterheads write them, and near misses of listed ones.

Sets: Chinese against Chinese (width, brackets, region moved or missing, traditional script, short name, former name, homophone), Chinese
against English and pinyin, and for both the names that are nearly the same but of another organisation: another city, one
character of the trade name, another trade, a branch. Of the listed ones: a rare word replaced by a rare word of another, and
of five hundred others the one that is most alike.
"""
import collections
import random
import re

from opencc import OpenCC
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

CITIES = (
    "北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 武汉 成都 西安 长沙 郑州 青岛 济南 大连 沈阳 长春 哈尔滨 石家庄 太原 合肥 福州 厦门 泉州 南昌 "
    "南宁 桂林 昆明 贵阳 遵义 兰州 银川 西宁 海口 三亚 宁波 温州 绍兴 无锡 常州 徐州 扬州 烟台 潍坊 洛阳 开封 宜昌 襄阳 岳阳 株洲 珠海 佛山 "
    "东莞 惠州 中山 湛江 汕头 绵阳 乐山 宜宾 包头 唐山 保定 邯郸 大同 运城 芜湖 蚌埠 赣州 九江"
).split()
CHARACTERS = (
    "华鑫恒瑞信达盛宏泰安隆源丰汇嘉德润智博创联科远腾飞翔宇凯龙天海金银明辉旭东方正和顺利兴旺昌荣康宁福祥云峰岳川江河星辰光耀美佳欣悦诚义"
    "仁礼卓越超凡杰思锐捷通慧睿元亨贞中立众合同力亿万千百新世纪阳普惠诺迪亚欧尚品优蓝绿红白鹰狮虎豹鹏鲲鸿雁"
)
TRADES = [
    ("科技", "Technology"), ("信息技术", "Information Technology"), ("贸易", "Trading"), ("进出口", "Import and Export"),
    ("投资管理", "Investment Management"), ("建筑工程", "Construction Engineering"), ("餐饮管理", "Catering Management"),
    ("物流", "Logistics"), ("电子商务", "E-commerce"), ("文化传媒", "Culture Media"), ("生物医药", "Biopharmaceutical"),
    ("机械制造", "Machinery Manufacturing"), ("房地产开发", "Real Estate Development"), ("汽车销售", "Automobile Sales"),
    ("食品", "Foods"), ("化工", "Chemical"), ("能源", "Energy"), ("装饰工程", "Decoration Engineering"),
    ("环保科技", "Environmental Protection Technology"), ("服装", "Garments"), ("医疗器械", "Medical Devices"),
    ("教育咨询", "Education Consulting"), ("实业", "Industrial"), ("酒店管理", "Hotel Management"), ("农业", "Agriculture"),
]
FORMS = ["有限公司"] * 8 + ["有限责任公司"] * 3 + ["股份有限公司"] * 2 + ["集团有限公司"]
TRADITIONAL = OpenCC("s2t")
HOMOPHONES = collections.defaultdict(str)
for _character in CHARACTERS + "伟玮维惟薇新心馨红洪弘衡桓瑞答大圣晟太态安园圆缘原风锋枫封加家得闰至志治勃闯连莲愿苑藤非菲详羽雨玉楷":
    HOMOPHONES[lazy_pinyin(_character)[0]] += _character


class Organisation:
    def __init__(self, dice):
        self.city = dice.choice(CITIES)
        self.own = "".join(dice.sample(CHARACTERS, dice.choice([2, 2, 2, 2, 3, 4])))
        self.trade = dice.choice(TRADES)
        self.form = dice.choice(FORMS)

    def name(self, dice):
        return self.city + dice.choice(["", "市"]) + self.own + self.trade[0] + self.form


def joined(text):
    return "".join(lazy_pinyin(text))


def in_chinese(it, dice):
    trade, form = it.trade[0], it.form
    way = dice.randrange(12)
    if way == 0:
        return f"{it.own}（{it.city}）{trade}{form}"
    if way == 1:
        return f"{it.own}{trade}({it.city}){form}"
    if way == 2:
        return it.own + trade + form
    if way == 3:
        return it.city + it.own + trade
    if way == 4:
        return TRADITIONAL.convert(it.name(dice))
    if way == 5:
        return it.name(dice).replace("有限", "有 限") + "\u3000"
    if way == 6:
        return it.city + it.own + trade + dice.choice(["有限公司", "有限责任公司", "股份有限公司"])
    if way == 7:
        return it.city + it.own
    if way == 8:
        place = dice.randrange(len(it.own))
        others = [c for c in HOMOPHONES[lazy_pinyin(it.own[place])[0]] if c != it.own[place]]
        own = it.own[:place] + dice.choice(others) + it.own[place + 1:] if others else it.own
        return it.city + own + trade + form
    if way == 9:
        return f"{it.city} {it.own} {trade} {form}"
    if way == 10:
        return it.city + it.own + form
    return f"{Organisation(dice).name(dice)}（原名：{it.name(dice)}）"


def in_words(it, dice):
    city, own, trade = joined(it.city), joined(it.own), it.trade[1]
    return dice.choice([
        f"{city.title()} {own.title()} {trade} Co., Ltd.",
        f"{city.upper()} {' '.join(lazy_pinyin(it.own)).upper()} {trade.upper()} CO LTD",
        f"{own.title()} ({city.title()}) {trade} Co., Ltd.",
        f"{own.title()} {trade} Limited",
        f"{city} {own} {joined(it.trade[0])} youxian gongsi",
    ])


def nearly(it, dice):
    """The name of another organisation that differs in one thing."""
    other = Organisation(dice)
    other.city, other.own, other.trade, other.form = it.city, it.own, it.trade, it.form
    way = dice.choice(["region", "trade name", "trade", "branch"])
    if way == "region":
        other.city = dice.choice([city for city in CITIES if city != it.city])
    elif way == "trade name":
        place = dice.randrange(len(it.own))
        sound = lazy_pinyin(it.own[place])
        character = dice.choice([c for c in CHARACTERS if lazy_pinyin(c) != sound])
        other.own = it.own[:place] + character + it.own[place + 1:]
    elif way == "trade":
        other.trade = dice.choice([trade for trade in TRADES if trade != it.trade])
    name = other.name(dice)
    return name + dice.choice(CITIES) + "分公司" if way == "branch" else name


def generated(write, dice):
    for part in ("dev", "held"):
        every = [Organisation(dice) for _ in range(4000)]
        for name, spelled in (("organisation-chinese", in_chinese), ("organisation-chinese-latin", in_words)):
            positives = [(it.name(dice), spelled(it, dice)) for it in every]
            negatives = []
            while len(negatives) < 10000:
                one, other = dice.sample(every, 2)
                if one.own != other.own:
                    negatives.append((one.name(dice), spelled(other, dice)))
            for left, right in positives:
                write(name, part, 1, "", left, right)
            for left, right in negatives:
                write(name, part, 0, "random", left, right)
            if spelled is in_chinese:
                for left, right in positives:
                    write(name + "-near", part, 1, "", left, right)
                for it in every:
                    write(name + "-near", part, 0, "near", it.name(dice), nearly(it, dice))


def near_misses(write, dice, entities, part):
    words = lambda name: [word for word in re.findall(r"[\w']+", name) if len(word) > 3]
    count = collections.Counter(w.casefold() for names, _ in entities.values() for w in {w for n in names for w in words(n)})
    folded = {key: {name.casefold() for name in names} for key, (names, _) in entities.items()}
    for which in ("dev", "held"):
        keys = sorted(key for key in entities if part(key) == which)
        for key in keys:
            first, *others = entities[key][0]
            for other in others:
                if other.casefold() != first.casefold():
                    write("organisation-ofac-near", which, 1, "", first, other)
        rare = [w for key in keys for w in words(entities[key][0][0]) if count[w.casefold()] <= 3]
        for key in keys:
            name = entities[key][0][0]
            own = [w for w in words(name) if count[w.casefold()] <= 3]
            if own:
                write("organisation-ofac-near", which, 0, "word", name, name.replace(dice.choice(own), dice.choice(rare)))
        for key in dice.sample(keys, 900):
            others = [k for k in dice.sample(keys, 500) if k != key and not folded[k] & folded[key]]
            name = entities[key][0][0]
            nearest = process.extractOne(name, [entities[k][0][0] for k in others], scorer=fuzz.token_sort_ratio)
            write("organisation-ofac-near", which, 0, "nearest", name, nearest[0])


def write(write, seed, entities, part):
    dice = random.Random(seed)
    generated(write, dice)
    near_misses(write, dice, entities, part)
