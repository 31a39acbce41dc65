update allocator
set next = $3
where name = $1 and next = $2
