select next from allocator where name = 'clock'
