select view.id, view.account_id, account.display_name, view.name, view.shared, view.body, view.updated_at
from saved_view view
join account on account.id = view.account_id
where view.list = $1 and (view.account_id = $2 or view.shared)
order by view.name, view.id
