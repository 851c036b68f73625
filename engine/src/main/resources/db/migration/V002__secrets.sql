-- What all nodes of one house must share and nobody else may know, such as the seal of list cursors.
create table secret (
  name       text primary key,
  value      bytea not null check (length(value) = 32),
  created_at timestamptz not null default now()
);

-- The account that runs the house: only its admin keys make accounts, grant credits and see every
-- account. An admin key of any other account manages that account's own keys.
alter table account add column operates boolean not null default false;
create unique index account_operates on account (operates) where operates;
