-- Files that attempts keep beside their output. The row comes first, then the bytes, then the mark that
-- they are whole: whatever dies in between leaves a row that tells where to look, so that leftovers are
-- found without ever listing a store. No foreign key to batch, as with items: a row outlives its batch
-- until a sweep has deleted the bytes.
create table artifact (
  id          uuid not null unique,             -- random; the bytes lie under it
  batch_id    uuid not null,
  ordinal     integer not null check (ordinal >= 0),
  claim_id    bigint not null,                  -- the attempt runs for as long as this claim holds the ordinal
  claim_epoch bigint not null,                  -- which attempt: numbers repeat after a hand-back, epochs never
  name        text not null check (name ~ '^[A-Za-z0-9._-]{1,100}$'),
  media_type  text not null check (length(media_type) between 3 and 255),
  bytes       bigint not null check (bytes >= 0),
  sha256      bytea check (length(sha256) = 32),-- null until the bytes are there
  shelf       text not null,                    -- which folder or bucket has the bytes
  state       text not null
              check (state in ('writing', 'whole', 'kept', 'doomed')), -- kept: its attempt succeeded
  created_at  timestamptz not null,
  doomed_at   timestamptz,
  due_at      timestamptz,                      -- when a sweep deletes the bytes (again)
  primary key (batch_id, ordinal, claim_epoch, name),
  check (state not in ('whole', 'kept') or sha256 is not null),
  check (state <> 'writing' or sha256 is null),
  check ((state = 'doomed') = (doomed_at is not null) and (state = 'doomed') = (due_at is not null))
);
create index artifact_open on artifact (claim_id) where state in ('writing', 'whole');
create index artifact_doomed on artifact (due_at) where state = 'doomed';
