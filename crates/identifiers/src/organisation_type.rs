//! What kind of organisation a credit code was given to: its second character, read by its first.

use crate::RegistrationAuthority;

/// The kind of an organisation (机构类别), GB 32100-2015, table 1, with its amendments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "机构类别")]
pub struct OrganisationType {
    authority: RegistrationAuthority,
    character: u8,
}

impl OrganisationType {
    pub(crate) fn new(authority: RegistrationAuthority, character: u8) -> Self {
        Self {
            authority,
            character,
        }
    }

    /// The character as it stands in the code.
    pub fn character(self) -> char {
        self.character.into()
    }

    /// A word that never changes: `other` for 9 and for what the standard does not list.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// The Chinese name.
    pub fn zh(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        use RegistrationAuthority as By;
        match (self.authority, self.character) {
            (By::PublicPosts, b'1') => ("government_body", "机关"),
            (By::PublicPosts, b'2') => ("public_institution", "事业单位"),
            (By::PublicPosts, b'3') => ("mass_organisation", "群众团体"),
            (By::ForeignAffairs, b'1') => ("foreign_news_office", "外国常驻新闻机构"),
            (By::Justice, b'1') => ("law_firm", "律师执业机构"),
            (By::Justice, b'2') => ("notary_office", "公证处"),
            (By::Justice, b'3') => ("legal_service_office", "基层法律服务所"),
            (By::Justice, b'4') => ("forensic_institute", "司法鉴定机构"),
            (By::Justice, b'5') => ("arbitration_commission", "仲裁委员会"),
            (By::Culture, b'1') => ("foreign_cultural_centre", "外国在华文化中心"),
            (By::CivilAffairs, b'1') => ("association", "社会团体"),
            (By::CivilAffairs, b'2') => ("private_non_enterprise", "民办非企业单位"),
            (By::CivilAffairs, b'3') => ("foundation", "基金会"),
            (By::Tourism, b'1') => ("foreign_tourism_office", "外国旅游部门常驻代表机构"),
            (By::Tourism, b'2') => ("regional_tourism_office", "港澳台地区旅游部门常驻代表机构"),
            (By::Religion, b'1') => ("religious_site", "宗教活动场所"),
            (By::Religion, b'2') => ("religious_school", "宗教院校"),
            (By::TradeUnions, b'1') => ("trade_union", "基层工会"),
            (By::MarketRegulation, b'1') => ("enterprise", "企业"),
            (By::MarketRegulation, b'2') => ("individual_business", "个体工商户"),
            (By::MarketRegulation, b'3') => ("farmers_cooperative", "农民专业合作社"),
            (By::Military, b'1') => ("military_institution", "军队事业单位"),
            (By::Agriculture, b'1') => ("group_collective", "组级集体经济组织"),
            (By::Agriculture, b'2') => ("village_collective", "村级集体经济组织"),
            (By::Agriculture, b'3') => ("town_collective", "乡镇级集体经济组织"),
            _ => ("other", "其他"),
        }
    }
}
