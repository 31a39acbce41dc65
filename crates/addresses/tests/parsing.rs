//! Claims about the parser, on invented addresses.

use addresses::{Part, parse, parse_at};
use insta::assert_snapshot;

#[track_caller]
fn parsed(text: &str) -> String {
    format!("{:?}", parse(text))
}

#[test]
fn full_addresses_come_apart_into_all_parts() {
    assert_snapshot!(parsed("浙江省杭州市西湖区三墩镇双桥村金渡北路12号金地小区3幢2单元5层501室"), @"province=浙江省 city=杭州市 district=西湖区 town=三墩镇 community=双桥村 road=金渡北路 number=12号 estate=金地小区 building=3幢 unit=2单元 floor=5层 room=501室 @330106109040");
    assert_snapshot!(parsed("北京市海淀区中关村街道科学院南路2号院3号楼B座1205"), @"province=北京市 district=海淀区 town=中关村街道 road=科学院南路 number=2号院 building=3号楼 unit=B座 room=1205 @110108011");
    assert_snapshot!(parsed("上海市浦东新区世纪大道100弄5号楼三单元602室"), @"province=上海市 district=浦东新区 road=世纪大道 number=100弄 building=5号楼 unit=三单元 room=602室 @310115");
}

#[test]
fn what_is_left_out_is_completed() {
    let address = parse("慈溪浒山街道环城北路8号");
    assert_eq!(address.province(), "");
    assert_eq!(address.completed(Part::Province), "浙江省");
    assert_eq!(address.completed(Part::City), "宁波市");
    assert_eq!(address.completed(Part::District), "慈溪市");
    assert_eq!(address.code().unwrap().to_string(), "330282004");
}

#[test]
fn short_names_and_abbreviations_are_understood() {
    assert_snapshot!(parsed("浙江杭州西湖文三路1号"), @"province=浙江 city=杭州 district=西湖 road=文三路 number=1号 @330106");
    assert_snapshot!(parsed("内蒙呼和浩特新城区北二环路9号"), @"province=内蒙 city=呼和浩特 district=新城区 road=北二环路 number=9号 @150102");
    assert_snapshot!(parsed("沪浦东新区张江镇科苑路88号"), @"province=沪 district=浦东新区 town=张江镇 road=科苑路 number=88号 @310115125");
    assert_snapshot!(parsed("广西南宁青秀民族大道1号"), @"province=广西 city=南宁 district=青秀 road=民族大道 number=1号 @450103");
}

#[test]
fn roads_named_for_cities_are_roads() {
    assert_snapshot!(parsed("上海市黄浦区北京东路99号"), @"province=上海市 district=黄浦区 road=北京东路 number=99号 @310101");
    assert_snapshot!(parsed("南京东路100号"), @"road=南京东路 number=100号");
    assert_snapshot!(parsed("杭州市拱墅区湖州街51号"), @"city=杭州市 district=拱墅区 road=湖州街 number=51号 @330105");
}

#[test]
fn old_names_lead_to_what_they_became() {
    assert_snapshot!(parsed("上海市闸北区天目西路1号"), @"province=上海市 district=闸北区 road=天目西路 number=1号 @310106");
    assert_snapshot!(parsed("湖北省襄樊市樊城区人民路5号"), @"province=湖北省 city=襄樊市 district=樊城区 road=人民路 number=5号 @420606");
    assert_snapshot!(parsed("浙江省绍兴县柯桥街道"), @"province=浙江省 district=绍兴县 town=柯桥街道 @330603001");
    assert_eq!(
        parse_at("上海市闸北区天目西路1号", 2010)
            .code()
            .unwrap()
            .to_string(),
        "310108"
    );
    assert_eq!(
        parse_at("湖北省襄樊市", 2005).code().unwrap().to_string(),
        "420600"
    );
}

#[test]
fn what_is_said_twice_counts_once() {
    assert_snapshot!(parsed("浙江省杭州市浙江省杭州市西湖区文三路1号"), @"repeated=浙江省 repeated=杭州市 province=浙江省 city=杭州市 district=西湖区 road=文三路 number=1号 @330106");
    assert_snapshot!(parsed("江苏省无锡市锡山区 中国浙江省杭州市临安区沙地路3号"), @"repeated=江苏省 repeated=无锡市 repeated=锡山区 remainder=中国 province=浙江省 city=杭州市 district=临安区 road=沙地路 number=3号 @330112");
}

#[test]
fn the_company_settles_names_that_many_places_bear() {
    assert_snapshot!(parsed("鼓楼区中山路1号"), @"district=鼓楼区 road=中山路 number=1号");
    assert_snapshot!(parsed("福州市鼓楼区中山路1号"), @"city=福州市 district=鼓楼区 road=中山路 number=1号 @350102");
    assert_snapshot!(parsed("北京朝阳建国路1号"), @"province=北京 district=朝阳 road=建国路 number=1号 @110105");
    assert_snapshot!(parsed("辽宁朝阳双塔区新华路1号"), @"province=辽宁 city=朝阳 district=双塔区 road=新华路 number=1号 @211302");
    assert_snapshot!(parsed("鼓楼区华大街道"), @"district=鼓楼区 town=华大街道 @350102007");
}

#[test]
fn counties_below_provinces_need_no_city() {
    assert_snapshot!(parsed("湖北省仙桃市沙嘴街道仙桃大道5号"), @"province=湖北省 district=仙桃市 town=沙嘴街道 road=仙桃大道 number=5号 @429004001");
    assert_snapshot!(parsed("海南省文昌市文城镇文建路"), @"province=海南省 district=文昌市 town=文城镇 road=文建路 @469005100");
    assert_snapshot!(parsed("重庆市酉阳县桃花源街道"), @"province=重庆市 district=酉阳县 town=桃花源街道 @500242001");
    assert_snapshot!(parsed("新疆石河子市北三路12小区"), @"province=新疆 district=石河子市 road=北三路 estate=12小区 @659001");
}

#[test]
fn noise_is_remainder() {
    assert_snapshot!(parsed("张三，13800138000，浙江省杭州市西湖区文三路1号（电联）"), @"remainder=张三 remainder=13800138000 province=浙江省 city=杭州市 district=西湖区 road=文三路 number=1号 remainder=电联 @330106");
    assert_snapshot!(parsed("杭州市_西湖区_文三路1号对面"), @"city=杭州市 district=西湖区 road=文三路 number=1号 remainder=对面 @330106");
    assert_snapshot!(parsed("浙江省 其它区 null 文三路1号"), @"province=浙江省 remainder=其它区 remainder=null road=文三路 number=1号 @330000");
}

#[test]
fn full_width_and_traditional_are_read_and_kept() {
    assert_snapshot!(parsed("廣東省廣州市越秀區中山五路１８號３樓"), @"province=廣東省 city=廣州市 district=越秀區 road=中山五路 number=１８號 floor=３樓 @440104");
    assert_snapshot!(parsed("台灣省台北市"), @"province=台灣省 city=台北市 @710100");
}

#[test]
fn villages_and_groups_of_the_country_are_parts() {
    assert_snapshot!(parsed("湖南省沅陵县肖家桥乡大坪村小坪组5号"), @"province=湖南省 district=沅陵县 town=肖家桥乡 community=大坪村 road=小坪组 number=5号 @431222230211");
    assert_snapshot!(parsed("四川省广元市昭化区元坝镇三沟村二组12号"), @"province=四川省 city=广元市 district=昭化区 town=元坝镇 community=三沟村 road=二组 number=12号 @510811100");
    assert_snapshot!(parsed("江苏省昆山市开发区前进东路88号"), @"province=江苏省 district=昆山市 zone=开发区 road=前进东路 number=88号 @320583");
}

#[test]
fn a_long_or_empty_text_is_answered() {
    assert_eq!(parse("").pieces().len(), 0);
    let long = "很长的地址".repeat(10_000);
    assert!(parse(&long).pieces().len() < 40);
}
