update allocator
set next = case when next >= $1 then next + 1 else $1 end
where name = 'clock'
returning next
