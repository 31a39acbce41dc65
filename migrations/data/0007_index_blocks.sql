-- Blocks leave the tree of their keys. A tree whose keys carry nine kilobytes each has ten entries a page, and SQLite
-- reads a whole block wherever it compares one: to find a block it read twenty. Now the tree holds keys alone.

alter table index_block rename to index_block_before;

create table index_block (
    kind bigint not null,
    run_id bigint not null,
    first_key bytea not null,
    block bytea not null,
    primary key (kind, run_id, first_key)
);

insert into index_block (kind, run_id, first_key, block)
select kind, run_id, first_key, block
from index_block_before
order by kind, run_id, first_key;

drop table index_block_before;
