-- Only looked at, so unlogged: it costs no log, no decision hangs on it, and after a crash of the
-- database it is empty.

-- Where running batches stood at some moments of the last minute, so that a rate can be told.
create unlogged table batch_rate (
  batch_id uuid not null,
  at       timestamptz not null,
  settled  integer not null check (settled >= 0),  -- items that ran to an end until then
  primary key (batch_id, at)
);
