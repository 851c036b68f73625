-- Only looked at, so unlogged: it costs no log, no decision hangs on it, and after a crash of the
-- database it is empty.

-- How far running items say they are. The claim is the one the item runs under: when it is gone, so is
-- the meaning of the row.
create unlogged table item_progress (
  claim_id bigint not null,
  ordinal  integer not null,
  ratio    double precision not null check (ratio between 0 and 1),
  message  text not null,
  primary key (claim_id, ordinal)
);
