//! The words of the grammar, laid out when the crate is compiled: a look-up compares a few numbers.

/// The most characters of a word.
pub(crate) const WORD: usize = 8;

/// How many buckets the words of a list are put into by their first character.
const BUCKETS: usize = 64;

/// A word and its place in the list as written.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    characters: [char; WORD],
    length: usize,
    place: usize,
}

/// A list of words, in buckets.
pub(crate) struct Words {
    list: &'static [Word],
    /// Where each bucket begins.
    begins: [u8; BUCKETS + 1],
    /// The buckets that hold a word, a bit each.
    used: u64,
}

const fn bucket(character: char) -> usize {
    character as usize % BUCKETS
}

impl Words {
    pub const fn of(words: &'static [Word]) -> Self {
        let mut begins = [0; BUCKETS + 1];
        let mut used = 0;
        let mut place = 0;
        while place < words.len() {
            let mut after = bucket(words[place].characters[0]) + 1;
            used |= 1 << (after - 1);
            while after <= BUCKETS {
                begins[after] += 1;
                after += 1;
            }
            place += 1;
        }
        Self {
            list: words,
            begins,
            used,
        }
    }

    /// Whether a word may begin with this character.
    #[inline]
    pub fn may_begin(&self, character: char) -> bool {
        self.used >> bucket(character) & 1 != 0
    }

    /// The length of the longest word that these characters begin with.
    pub fn longest(&self, characters: &[char]) -> Option<usize> {
        self.find(characters).map(|(_, length)| length)
    }

    /// Place in the list and length of the longest word that these characters begin with.
    pub fn find(&self, characters: &[char]) -> Option<(usize, usize)> {
        let first = *characters.first()?;
        let bucket = bucket(first);
        let (Some(from), Some(to)) = (self.begins.get(bucket), self.begins.get(bucket + 1)) else {
            return None;
        };
        let words = self.list.get(usize::from(*from)..usize::from(*to))?;
        let mut longest: Option<(usize, usize)> = None;
        for word in words {
            let [own, ..] = word.characters;
            if own == first
                && longest.is_none_or(|(_, length)| length < word.length)
                && word.begins(characters)
            {
                longest = Some((word.place, word.length));
            }
        }
        longest
    }
}

impl Word {
    fn begins(&self, characters: &[char]) -> bool {
        let own = self.characters.get(..self.length).unwrap_or_default();
        own.len() <= characters.len() && own.iter().zip(characters).all(|(own, other)| own == other)
    }
}

/// Reads the UTF-8 of words of at most three bytes a character, and sorts them into their buckets.
pub(crate) const fn laid_out<const COUNT: usize>(texts: [&str; COUNT]) -> [Word; COUNT] {
    let mut words = [Word {
        characters: [' '; WORD],
        length: 0,
        place: 0,
    }; COUNT];
    let mut place = 0;
    while place < COUNT {
        let word = read(texts[place], place);
        let mut slot = place;
        while slot > 0 && bucket(words[slot - 1].characters[0]) > bucket(word.characters[0]) {
            words[slot] = words[slot - 1];
            slot -= 1;
        }
        words[slot] = word;
        place += 1;
    }
    words
}

const fn read(text: &str, place: usize) -> Word {
    let mut word = Word {
        characters: [' '; WORD],
        length: 0,
        place,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (code, length) = match bytes[at] {
            first if first < 0x80 => (first as u32, 1),
            first if first < 0xe0 => (
                ((first as u32) & 0x1f) << 6 | (bytes[at + 1] as u32 & 0x3f),
                2,
            ),
            first => (
                ((first as u32) & 0x0f) << 12
                    | (bytes[at + 1] as u32 & 0x3f) << 6
                    | (bytes[at + 2] as u32 & 0x3f),
                3,
            ),
        };
        if let Some(character) = char::from_u32(code) {
            word.characters[word.length] = character;
        }
        word.length += 1;
        at += length;
    }
    word
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($text:literal),+ $(,)?) => {
        $(#[$doc])*
        pub(crate) static $name: Words = Words::of(&laid_out([$($text),+]));
    };
}

words!(
    /// Words that make another name of the short name of a city or district: 杭州大厦.
    NO_PLACES: "银行",
    "大学",
    "学院",
    "大厦",
    "宾馆",
    "饭店",
    "酒店",
    "大酒店",
    "站",
    "东站",
    "南站",
    "西站",
    "北站",
    "火车",
    "机场",
    "湾",
    "医院",
    "商会",
    "晚报",
    "日报",
    "公寓",
    "花园",
    "体育",
    "师范",
    "电视",
    "港",
    "大桥",
    "公司",
    "集团"
);

words!(
    /// Words of forms that stand where a division would.
    FILLERS: "中国",
    "中华人民共和国",
    "市辖区",
    "其它区",
    "其他区",
    "null",
    "NULL",
    "省直辖",
    "县级市"
);

words!(
    /// Words that make another name of a town's short name.
    NAMES_BEHIND_TOWNS: "村",
    "社区",
    "新村",
    "小区",
    "花苑",
    "苑",
    "家园",
    "名苑",
    "名府",
    "名城",
    "新城",
    "商城",
    "工业",
    "开发",
    "科技",
    "广场",
    "中心",
    "桥",
    "门",
    "大楼",
    "派出所",
    "政府",
    "卫生",
    "幼儿园",
    "车站",
    "公园",
    "码头",
    "水库",
    "加油",
    "农贸",
    "菜",
    "产业",
    "创业",
    "镇",
    "乡",
    "街道",
    "区",
    "县",
    "市",
    "新区",
    "人家",
    "佳苑",
    "嘉苑",
    "豪庭",
    "豪苑",
    "东区",
    "西区",
    "南区",
    "北区",
    "庄园",
    "山庄"
);

words!(
    /// What a village may be called behind its name.
    VILLAGE_ENDINGS: "村",
    "社区",
    "居委会",
    "村委会",
    "村民委员会",
    "居民委员会",
    "社区居委会",
    "村村委会",
    "嘎查",
    "行政村"
);

words!(
    /// Words that make another name of a village's name.
    NAMES_BEHIND_VILLAGES:
        "镇", "乡", "岛", "场", "小区",
    "花园",
    "花苑",
    "公寓",
    "苑",
    "家园",
    "新村",
    "工业",
    "市场",
    "大厦",
    "广场",
    "街",
    "里",
    "山庄",
    "城",
    "桥",
    "社",
    "商",
    "大酒店",
    "东区",
    "西区"
);

words!(
    /// Words that only help to find the place.
    HINTS: "附近",
    "对面",
    "旁边",
    "隔壁",
    "路口",
    "交叉口",
    "交界处",
    "交汇处",
    "交叉路口",
    "十字路口",
    "院内",
    "里面",
    "后面",
    "前面",
    "楼下",
    "楼上",
    "东侧",
    "西侧",
    "南侧",
    "北侧",
    "斜对面",
    "正对面",
    "往东",
    "往西",
    "往南",
    "往北",
    "往前",
    "往右",
    "往左",
    "电联",
    "电联系",
    "电话联系",
    "东段",
    "西段",
    "南段",
    "北段",
    "中段",
    "门口",
    "东首",
    "西首",
    "南首",
    "北首"
);

words!(
    /// Endings that a short name may take though its place has another.
    COUNTY_ENDINGS: "区", "县", "市", "新区"
);

words!(
    /// Endings that swallow the ending of a road or village before them.
    JOINED: "社区", "小区", "新村", "公寓", "花园", "居委"
);

words!(
    /// What may follow 村.
    COMMITTEES: "委会", "民委员会", "委"
);

words!(
    /// What may stand before a number and belongs to it.
    PREFIXES: "附", "甲", "乙", "丙", "丁", "负", "地下", "第", "北甲"
);

words!(
    /// Words that say of a zone only what kind it is.
    GENERAL: "经济", "工业", "高新", "技术", "开发", "产业", "科技", "集聚"
);
