insert into allocator (name, next) values ($1, $2)
on conflict (name) do update set next = allocator.next + excluded.next
returning next
