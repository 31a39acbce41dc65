//! A value in full is seen by whoever may, for a purpose, and the log knows.

use std::collections::BTreeMap;

use server::access::{self, Actor, Reveal, Role};
use server::protection::{Purpose, Shown};

use crate::support::TestServer;

async fn reveal(server: &TestServer, role: Role) -> Result<Shown, String> {
    let actor = Actor {
        name: role.name().to_owned(),
        role,
        ..Actor::operator()
    };
    let wanted = Reveal {
        subject: "customer/000000000018".to_owned(),
        attribute: "mobile",
        record: None,
        purpose: Purpose::Verification,
    };
    let (mut transaction, now) = server.store.write().await.unwrap();
    let shown = access::reveal(&mut transaction, now, &actor, wanted, "13812345678").await;
    let shown = shown.map_err(|problem| problem.code().to_owned())?;
    transaction.commit().await.unwrap();
    Ok(shown)
}

#[tokio::test]
async fn who_saw_a_value_in_full_stands_in_the_log_with_the_purpose() {
    for server in TestServer::each().await {
        let shown = reveal(&server, Role::Clerk).await.unwrap();
        assert!(!shown.is_masked());
        assert_eq!(serde_json::to_string(&shown).unwrap(), "\"13812345678\"");
        let token = server.token(Role::Auditor).await;
        let page = server.get(&token, "/audit?action=value.unmasked").await;
        let entry = &page.expect(200).json()["items"][0];
        let entry: BTreeMap<&str, &str> = ["actor", "subject"]
            .map(|name| (name, entry[name].as_str().unwrap()))
            .into_iter()
            .chain([("purpose", entry["detail"]["purpose"].as_str().unwrap())])
            .collect();
        let expected = [
            ("actor", "clerk"),
            ("purpose", "verification"),
            ("subject", "customer/000000000018"),
        ];
        assert_eq!(entry, BTreeMap::from(expected));
    }
}

#[tokio::test]
async fn who_may_not_unmask_sees_nothing_and_leaves_no_trace_of_the_value() {
    let server = TestServer::embedded().await;
    for role in [Role::Auditor, Role::Operator] {
        assert_eq!(reveal(&server, role).await.unwrap_err(), "forbidden");
    }
}
