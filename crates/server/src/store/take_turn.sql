insert into allocator (name, next) values ($1, $2)
on conflict (name) do update set next = excluded.next
where allocator.next < $3
