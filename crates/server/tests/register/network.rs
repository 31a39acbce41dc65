//! Who shares contacts with a customer, and who belongs together.

use domain::intake::Mapping;
use serde_json::{Value, json};
use server::access::Role;
use server::pipeline::{ImportOptions, Origin, Pace, import_file};

use crate::book::number;
use crate::support::TestServer;

const HEADER: &str = "编号,客户类型,姓名,手机号码,联系电话,电子邮箱,家庭住址,法定代表人姓名";

async fn import(server: &TestServer, rows: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.csv");
    std::fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).unwrap();
    let options = ImportOptions {
        origin: Origin::Path(path),
        source: "core".to_owned(),
        new_source: true,
        mapping: Mapping::by_header(Some("编号".to_owned())),
        sheet: None,
        dry_run: false,
        actor: "tester".to_owned(),
        pace: Pace::Alone,
    };
    let report = import_file(&server.store, options, |_| {}).await.unwrap();
    assert_eq!(
        report.new_customers,
        u64::try_from(rows.len()).unwrap(),
        "{report:?}"
    );
}

/// The number of the customer with a name.
async fn called(server: &TestServer, name: &str) -> String {
    let token = server.token(Role::Steward).await;
    let page = server.get(&token, "/customers?limit=100").await;
    let page = page.expect(200).json();
    let mut customers = list(&page, "items").iter();
    let found = customers.find(|it| it["name"] == name).unwrap();
    found["number"].as_str().unwrap().to_owned()
}

/// The network of the customer with a name.
async fn network(server: &TestServer, name: &str) -> Value {
    let token = server.token(Role::Steward).await;
    let address = format!("/customers/{}/network", called(server, name).await);
    server.get(&token, &address).await.expect(200).json()
}

fn list<'a>(network: &'a Value, name: &str) -> &'a [Value] {
    network[name].as_array().unwrap()
}

/// The one asked for, then the others in the order of their names: numbers come as the import gives them.
fn names(network: &Value) -> Vec<&str> {
    let customers = list(network, "customers").iter();
    let mut names: Vec<&str> = customers.map(|it| it["name"].as_str().unwrap()).collect();
    names[1..].sort_unstable();
    names
}

/// Contacts as `kind value customers/records`, a crowded one with an exclamation mark.
fn contacts(network: &Value) -> Vec<String> {
    let told = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        let (customers, records) = (&it["customers"], &it["records"]);
        assert_eq!(
            (&customers["exact"], &records["exact"]),
            (&json!(true), &json!(true))
        );
        let crowded = if it["crowded"] == json!(true) {
            "!"
        } else {
            ""
        };
        format!(
            "{} {} {}/{}{crowded}",
            text("kind"),
            text("value"),
            customers["value"],
            records["value"]
        )
    };
    list(network, "contacts").iter().map(told).collect()
}

/// Households as their members and the codes of the reasons.
fn households(network: &Value) -> Vec<String> {
    let name = |number: &Value| {
        let mut customers = list(network, "customers").iter();
        let found = customers.find(|it| it["number"] == *number).unwrap();
        found["name"].as_str().unwrap().to_owned()
    };
    let told = |it: &Value| {
        let mut members: Vec<String> = list(it, "members").iter().map(name).collect();
        members[1..].sort_unstable();
        let reasons = list(it, "reasons").iter();
        let reasons: Vec<&str> = reasons.map(|it| it["code"].as_str().unwrap()).collect();
        format!(
            "{} {}: {}",
            it["kind"].as_str().unwrap(),
            members.join(" "),
            reasons.join(" ")
        )
    };
    list(network, "households").iter().map(told).collect()
}

#[tokio::test]
async fn a_family_in_one_flat_is_a_probable_household_and_stays_three_customers() {
    for server in TestServer::each().await {
        let flat = "浙江省杭州市西湖区文三路12号3幢2单元501室";
        import(
            &server,
            &[
                format!("1,个人,王建国,13812345678,,jia@example.com,{flat},"),
                format!("2,个人,李秀英,13987654321,,JIA@example.com,{flat},"),
                format!("3,个人,王小明,,13812345678,,{flat},"),
                "4,个人,赵邻居,13700001111,,,浙江省杭州市西湖区文三路12号3幢2单元502室,".to_owned(),
            ],
        )
        .await;
        let seen = network(&server, "王建国").await;
        assert_eq!(seen["number"], called(&server, "王建国").await);
        assert_eq!(names(&seen), ["王建国", "李秀英", "王小明"]);
        assert_eq!(
            contacts(&seen),
            [
                "mobile 138****5678 2/2",
                "email j**@example.com 2/2",
                "address 浙江省杭州市西湖区******** 3/3"
            ]
        );
        assert_eq!(
            households(&seen),
            ["household 王建国 李秀英 王小明: same_home same_telephone_and_surname"]
        );
        let reason = &seen["households"][0]["reasons"][0];
        assert_eq!(
            (
                &reason["text"]["zh"],
                &reason["contact"],
                list(reason, "members").len()
            ),
            (&json!("住址相同"), &json!(2), 3)
        );
        let son = called(&server, "王小明").await;
        let son = list(&seen, "edges")
            .iter()
            .find(|edge| edge["customer"] == *son && edge["contact"] == 0);
        assert_eq!(son.unwrap()["labels"][0]["zh"], "联系电话");
        assert_eq!(seen["cut"], false);
        // Nothing of a sensitive value leaves in full.
        let text = seen.to_string();
        for secret in ["13812345678", "jia@", "501"] {
            assert!(!text.contains(secret), "{secret}");
        }
        // From the mother's side the son is there by the home alone.
        let seen = network(&server, "李秀英").await;
        assert_eq!(
            households(&seen),
            ["household 李秀英 王小明 王建国: same_home"]
        );
    }
}

#[tokio::test]
async fn an_agents_telephone_is_crowded_and_ties_nobody_together() {
    for server in TestServer::each().await {
        let given = [
            "安邦", "德宁", "国强", "海燕", "金凤", "可心", "立群", "梦洁", "鹏飞", "若曦",
        ];
        let rows: Vec<String> = (0..30)
            .map(|place| {
                let surname = ["王", "欧阳", "赵"][place / 10];
                format!(
                    "{place},个人,{surname}{},13812345678,,,,",
                    given[place % 10]
                )
            })
            .collect();
        import(&server, &rows).await;
        let seen = network(&server, "赵若曦").await;
        assert_eq!(contacts(&seen), ["mobile 138****5678 30/30!"]);
        // Twenty are told: the one asked for and the first of the others.
        let asked = called(&server, "赵若曦").await;
        let numbers: Vec<&str> = list(&seen, "customers")
            .iter()
            .map(|it| it["number"].as_str().unwrap())
            .collect();
        let mut expected: Vec<String> = (1..=20).map(number).collect();
        expected.retain(|number| *number != asked);
        expected.truncate(19);
        assert_eq!(numbers[0], asked);
        assert_eq!(numbers[1..], expected);
        assert_eq!(list(&seen, "edges").len(), 20);
        assert_eq!(households(&seen), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_dormitory_is_no_household_and_what_was_not_looked_at_is_told() {
    for server in TestServer::each().await {
        let given = [
            "安邦", "德宁", "国强", "海燕", "金凤", "可心", "立群", "梦洁", "鹏飞", "若曦",
        ];
        let rows: Vec<String> = (0..60)
            .map(|place| {
                let surname = ["王", "欧阳", "赵", "诸葛", "孙", "司马"][place / 10];
                let name = format!("{surname}{}", given[place % 10]);
                format!("{place},个人,{name},,,,浙江省杭州市西湖区文三路12号3幢501室,")
            })
            .collect();
        import(&server, &rows).await;
        let seen = network(&server, "赵若曦").await;
        assert_eq!(seen["cut"], true);
        assert_eq!(households(&seen), Vec::<String>::new());
    }
}

#[tokio::test]
async fn who_shares_nothing_stands_alone() {
    for server in TestServer::each().await {
        import(
            &server,
            &[
                "1,个人,王建国,13812345678,,,浙江省杭州市西湖区文三路,".to_owned(),
                "2,个人,李秀英,13987654321,,,浙江省杭州市西湖区文三路,".to_owned(),
            ],
        )
        .await;
        let seen = network(&server, "王建国").await;
        assert_eq!(names(&seen), ["王建国"]);
        for empty in ["contacts", "edges", "households"] {
            assert_eq!(list(&seen, empty).len(), 0, "{empty}");
        }
        let token = server.token(Role::Steward).await;
        let address = format!("/customers/{}/network", number(99));
        let unknown = server.get(&token, &address).await.expect(404);
        assert_eq!(unknown.code(), "unknown_customer");
    }
}

#[tokio::test]
async fn companies_of_one_telephone_or_representative_are_a_probable_group() {
    for server in TestServer::each().await {
        import(
            &server,
            &[
                "1,企业,杭州西溪科技有限公司,,0571-87654321,,,陈大文".to_owned(),
                "2,企业,宁波北仑贸易有限公司,,057187654321,,,周小平".to_owned(),
                "3,企业,绍兴越城餐饮有限公司,,0575-81234567,,,陈大文".to_owned(),
                "4,个人,陈大文,,0571-87654321,,,".to_owned(),
            ],
        )
        .await;
        let seen = network(&server, "杭州西溪科技有限公司").await;
        assert_eq!(
            names(&seen),
            [
                "杭州西溪科技有限公司",
                "宁波北仑贸易有限公司",
                "绍兴越城餐饮有限公司",
                "陈大文"
            ]
        );
        assert_eq!(contacts(&seen), ["phone 057*****4321 3/3"]);
        assert_eq!(
            households(&seen),
            [
                "group 杭州西溪科技有限公司 宁波北仑贸易有限公司 绍兴越城餐饮有限公司: \
                 same_telephone same_legal_representative_name"
            ]
        );
    }
}
