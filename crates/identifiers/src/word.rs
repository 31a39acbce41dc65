//! The words by which values of enums are written in parts of identifiers; they never change.

use crate::PartValue;
use crate::{
    CardKind, CardNetwork, DivisionLevel, MilitaryCard, MobileOperator, MobileSegmentKind,
    PassportSeries, PlateForm, Region, RegisteredBusiness, RegistrationAuthority, ResidentIdForm,
    Sex, TaxNumberForm,
};

/// Gives an enum the words by which its values are written in files.
macro_rules! words {
    ($($type:ident { $($variant:ident => $word:literal,)* })*) => {
        $(impl From<$type> for PartValue<'_> {
            fn from(value: $type) -> Self {
                Self::Text(match value { $($type::$variant => $word,)* })
            }
        })*
    };
}

words! {
    Sex { Male => "male", Female => "female", }
    ResidentIdForm { Eighteen => "18", Fifteen => "15", }
    RegistrationAuthority {
        PublicPosts => "public_posts",
        ForeignAffairs => "foreign_affairs",
        Justice => "justice",
        Culture => "culture",
        CivilAffairs => "civil_affairs",
        Tourism => "tourism",
        Religion => "religion",
        TradeUnions => "trade_unions",
        MarketRegulation => "market_regulation",
        Military => "military",
        Agriculture => "agriculture",
        Other => "other",
    }
    DivisionLevel {
        Province => "province",
        Prefecture => "prefecture",
        County => "county",
    }
    RegisteredBusiness {
        Domestic => "domestic",
        ForeignInvested => "foreign_invested",
        IndividualBusiness => "individual_business",
    }
    TaxNumberForm {
        CreditCode => "credit_code",
        OrganisationCode => "organisation_code",
        ResidentId => "resident_id",
        LegacyResidentId => "legacy_resident_id",
        LegacyResidentIdAndTwo => "legacy_resident_id_and_two",
        ResidentIdAndTwo => "resident_id_and_two",
    }
    Region { HongKong => "hong_kong", Macao => "macao", Taiwan => "taiwan", }
    PassportSeries {
        ChineseOrdinary => "chinese_ordinary",
        ChineseOrdinaryOld => "chinese_ordinary_old",
        ChineseDiplomatic => "chinese_diplomatic",
        ChineseService => "chinese_service",
        ChinesePublicAffairs => "chinese_public_affairs",
        HongKong => "hong_kong",
        Macao => "macao",
        Other => "other",
    }
    MilitaryCard {
        Soldier => "soldier",
        Civilian => "civilian",
        Officer => "officer",
        Unknown => "unknown",
    }
    CardNetwork {
        UnionPay => "union_pay",
        Visa => "visa",
        Mastercard => "mastercard",
        AmericanExpress => "american_express",
        Jcb => "jcb",
        DinersClub => "diners_club",
        Other => "other",
    }
    MobileOperator {
        Mobile => "china_mobile",
        Unicom => "china_unicom",
        Telecom => "china_telecom",
        Broadnet => "china_broadnet",
        Satcom => "china_satcom",
    }
    MobileSegmentKind {
        Unassigned => "unassigned",
        Ordinary => "ordinary",
        Virtual => "virtual",
        Machines => "machines",
        Satellite => "satellite",
    }
    CardKind {
        Debit => "debit",
        Credit => "credit",
        SemiCredit => "semi_credit",
        Prepaid => "prepaid",
    }
    PlateForm {
        Ordinary => "ordinary",
        NewEnergy => "new_energy",
        Police => "police",
        DrivingSchool => "driving_school",
        Trailer => "trailer",
        HongKong => "hong_kong",
        Macao => "macao",
        Embassy => "embassy",
        Consulate => "consulate",
        Military => "military",
    }
}
