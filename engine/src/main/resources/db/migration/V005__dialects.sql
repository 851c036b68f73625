-- Which vendor's API a batch came through, and what was asked there, as that API needs it to answer later.
-- A dialect shows the batches that came through it; the native API shows all.
alter table batch
  add column dialect text check (length(dialect) between 1 and 40),
  add column asked   text,                      -- JSON of the dialect's own
  add check ((dialect is null) = (asked is null));
create index batch_by_dialect on batch (account_id, dialect, id desc) where dialect is not null;
