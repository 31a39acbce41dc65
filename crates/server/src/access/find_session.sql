select account.id, account.name, account.display_name, account.role, session.expires_at
from session
join account on account.id = session.account_id
where session.token_digest = $1
    and session.ended_at is null
    and session.expires_at > $2
    and account.disabled_at is null
