-- The house of Headgate. Words are those of the glossary; the checks repeat what the code believes.
-- Keys begin with the batch id wherever rows belong to a batch, so that the schema can be sharded.

create table account (
  id            uuid primary key,
  name          text not null unique check (length(name) between 1 and 255),
  unlimited     boolean not null,               -- true: credits are counted but never refused
  granted       bigint not null default 0 check (granted >= 0),
  reserved      bigint not null default 0 check (reserved >= 0),  -- journaled: reserve - charge - refund
  charged       bigint not null default 0 check (charged >= 0),   -- journaled: charge
  running_limit integer check (running_limit > 0),                -- items running at once over all its batches
  pending_limit integer check (pending_limit > 0),                -- live batches at once
  created_at    timestamptz not null,
  check (unlimited or reserved + charged <= granted)
);

create table api_key (
  id            uuid primary key,
  account_id    uuid not null references account,
  name          text not null check (length(name) between 1 and 255),
  secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
  scopes        text[] not null check (scopes <@ array['read', 'write', 'cancel', 'admin'] and cardinality(scopes) > 0),
  created_at    timestamptz not null,
  expires_at    timestamptz,
  revoked_at    timestamptz
);
create index api_key_by_account on api_key (account_id, id);

-- Static facts and the ledger of a batch. Every change of counts happens under this row's lock.
create table batch (
  id               uuid primary key,
  account_id       uuid not null references account,
  processor        text not null,
  name             text check (length(name) between 1 and 255),
  metadata         jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  options          text not null,               -- JSON as submitted
  state            text not null
                   check (state in ('pending', 'running', 'completed', 'partial', 'failed', 'cancelling', 'cancelled')),
  paused           boolean not null default false,

  total            integer not null check (total > 0),
  cursor           integer not null default 0 check (cursor between 0 and total),
  ahead            integer not null default 0 check (ahead between 0 and total - cursor), -- rows of ahead
  deferred         integer not null default 0 check (deferred >= 0),
  running          integer not null default 0 check (running >= 0),
  succeeded        integer not null default 0 check (succeeded >= 0),
  failed           integer not null default 0 check (failed >= 0),
  cancelled        integer not null default 0 check (cancelled >= 0),
  epoch            bigint not null default 0 check (epoch >= 0),

  concurrency      integer check (concurrency > 0),
  timeout_ms       bigint not null check (timeout_ms > 0),
  max_attempts     integer not null check (max_attempts > 0),
  backoff_ms       bigint not null check (backoff_ms >= 0),
  max_backoff_ms   bigint not null check (max_backoff_ms >= 0),
  priority         smallint not null default 0 check (priority between -100 and 100),
  related          boolean not null default false,  -- some items have a parent
  retried          boolean not null default false,  -- a retry in place left superseded results behind

  credits_per_item  bigint not null check (credits_per_item >= 0),
  journal_reserved  bigint not null check (journal_reserved >= 0),
  journal_charged   bigint not null default 0 check (journal_charged >= 0),
  journal_refunded  bigint not null default 0 check (journal_refunded >= 0),

  created_at       timestamptz not null,
  start_at         timestamptz,
  expires_at       timestamptz,
  retain_until     timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  cancelled_at     timestamptz,
  fence_epoch      bigint,
  interrupt_due_at timestamptz,                 -- running items are told to stop; abandoned at this time
  settle_due_at    timestamptz,                 -- the promise of a settlement
  resubmitted_from uuid,

  -- When there is something to claim: from this time on. Null: nothing (paused, full, drained, ended).
  -- Changes only when the answer changes, so that the updates of a busy batch stay heap-only.
  ready_at         timestamptz,

  check (total = (total - cursor - ahead) + deferred + running + succeeded + failed + cancelled),
  check ((fence_epoch is not null) = (state in ('cancelling', 'cancelled'))),
  check ((cancelled_at is not null) = (fence_epoch is not null)),
  check (fence_epoch is null or (cursor = total and ahead = 0 and deferred = 0)),
  check ((state = 'cancelled' and running = 0) or (state = 'cancelling' and running > 0)
         or state not in ('cancelling', 'cancelled')),
  check ((finished_at is not null) = (state in ('completed', 'partial', 'failed', 'cancelled'))),
  check (state <> 'completed' or succeeded + cancelled = total),
  check (ready_at is null or (state in ('pending', 'running') and not paused)),
  check (journal_charged + journal_refunded <= journal_reserved),
  check (finished_at is null or journal_reserved = journal_charged + journal_refunded)
) with (fillfactor = 50);
create index batch_ready on batch (account_id, priority desc, id) where ready_at is not null;
create index batch_by_account on batch (account_id, id desc);
create index batch_expiry on batch (expires_at) where expires_at is not null and finished_at is null and fence_epoch is null;
create index batch_settling on batch (interrupt_due_at) where interrupt_due_at is not null and finished_at is null;
create index batch_live on batch (account_id) where finished_at is null;
create index batch_retention on batch (retain_until);

-- Written once by COPY, never changed. No foreign key to batch: a million checks would buy nothing,
-- as items and their batch commit together.
create table item (
  batch_id uuid not null,
  ordinal  integer not null check (ordinal >= 0),
  ref      text check (length(ref) between 1 and 255),
  input    text not null,                       -- JSON as submitted
  primary key (batch_id, ordinal)
) partition by range (batch_id);
create unique index item_by_ref on item (batch_id, ref) where ref is not null;

create table item_relation (
  batch_id uuid not null,
  ordinal  integer not null,
  parent   integer not null check (parent <> ordinal),
  primary key (batch_id, ordinal)
);
create index item_relation_by_parent on item_relation (batch_id, parent);

-- Ordinals at or past the cursor that are not pending any more: cancelled singly, or deferred.
create table ahead (
  batch_id uuid not null references batch on delete cascade,
  ordinal  integer not null,
  primary key (batch_id, ordinal)
);

-- Items that left the cursor and wait. A fence leaves the rows where they are, so that it costs the same
-- however many there are: in a fenced batch a row says that the item was stopped, whatever results an
-- earlier run of it left behind.
create table deferred (
  batch_id   uuid not null references batch on delete cascade,
  ordinal    integer not null,
  attempt    integer not null check (attempt > 0),    -- number of the next attempt
  failures   integer not null check (failures >= 0),  -- failed attempts since submit or retry
  losses     integer not null check (losses >= 0),    -- attempts lost with their node
  due_at     timestamptz not null,
  blocked_by integer not null default 0 check (blocked_by >= 0),  -- children that have not succeeded yet
  primary key (batch_id, ordinal)
);
create index deferred_due on deferred (batch_id, due_at) where blocked_by = 0;

create table node (
  id           bigint generated always as identity primary key,
  name         text not null,
  kind         text not null check (kind in ('server', 'worker')),
  account_id   uuid references account,         -- a remote worker belongs to one account
  slots        integer not null check (slots >= 0),
  processors   text[] not null,
  lease_ms     bigint not null check (lease_ms > 0),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  stopped_at   timestamptz,
  check ((kind = 'worker') = (account_id is not null))
);
create unique index node_worker on node (account_id, name) where kind = 'worker' and stopped_at is null;

-- Items one node is running now. The id is the token every settlement must show.
create table claim (
  id         bigint generated always as identity primary key,
  batch_id   uuid not null references batch,
  node_id    bigint not null references node,
  epoch      bigint not null,
  ordinals   integer[] not null check (cardinality(ordinals) > 0),
  attempts   integer[] check (cardinality(attempts) = cardinality(ordinals)),  -- null: all first attempts
  failures   integer[] check (cardinality(failures) = cardinality(ordinals)),
  losses     integer[] check (cardinality(losses) = cardinality(ordinals)),
  claimed_at timestamptz not null,
  check ((attempts is null) = (failures is null) and (attempts is null) = (losses is null))
) with (fillfactor = 50);
create index claim_by_batch on claim (batch_id);
create index claim_by_node on claim (node_id);

-- Single running items that were told to stop.
create table interruption (
  batch_id uuid not null references batch on delete cascade,
  ordinal  integer not null,
  due_at   timestamptz not null,
  primary key (batch_id, ordinal)
);

-- How each attempt ended; append-only. An item's final row is its result.
create table result (
  batch_id    uuid not null,
  ordinal     integer not null,
  attempt     integer not null check (attempt > 0),
  outcome     text not null check (outcome in ('succeeded', 'failed', 'cancelled')),
  final       boolean not null,                 -- false: the item went back to wait
  claim_epoch bigint,                           -- null: the item ended without having started
  epoch       bigint not null,                  -- of the exchange that settled it
  node_id     bigint,
  started_at  timestamptz,
  finished_at timestamptz not null,
  output      text,                             -- JSON
  error_code  text,
  error_message text,
  primary key (batch_id, ordinal, attempt),
  check ((claim_epoch is null) = (started_at is null)),
  check (claim_epoch < epoch),
  check (outcome <> 'succeeded' or (final and output is not null and error_code is null)),
  check (outcome = 'succeeded' or error_code is not null)
) partition by range (batch_id);
create index result_by_epoch on result (batch_id, epoch);
create index result_not_succeeded on result (batch_id, ordinal) where final and outcome <> 'succeeded';

-- One cancel, for ever. body is what clients get, byte for byte. No foreign key: it outlives its batch.
create table receipt (
  batch_id     uuid primary key,
  account_id   uuid not null references account,
  cancelled_at timestamptz not null,
  epoch        bigint not null,
  cursor       integer not null,                -- where the cursor stood
  total        integer not null,
  stopped      integer not null check (stopped >= 0),
  running      integer not null check (running >= 0),
  succeeded    integer not null check (succeeded >= 0),
  failed       integer not null check (failed >= 0),
  cancelled    integer not null check (cancelled >= 0),
  credits_per_item bigint not null,
  refunded     bigint not null,
  body         text not null,
  check (stopped + running + succeeded + failed + cancelled = total),
  check (refunded = stopped * credits_per_item)
);

create table credit_entry (
  id         bigint generated always as identity primary key,
  account_id uuid not null references account,
  at         timestamptz not null,
  kind       text not null check (kind in ('grant', 'reserve', 'charge', 'refund')),
  credits    bigint not null check (credits > 0),
  batch_id   uuid,
  check ((kind = 'grant') = (batch_id is null))
);
create index credit_entry_by_account on credit_entry (account_id, id);
create index credit_entry_by_batch on credit_entry (batch_id) where batch_id is not null;

-- A bulk cancel: durable, so that it goes on after a restart.
create table operation (
  id           uuid primary key,
  account_id   uuid not null references account,
  requested_by text not null,
  filter       text not null,
  mode         text not null check (mode in ('drain', 'interrupt')),
  grace_ms     bigint not null check (grace_ms >= 0),
  reason       text,
  state        text not null check (state in ('running', 'completed')),
  created_at   timestamptz not null,
  finished_at  timestamptz,
  check ((finished_at is not null) = (state = 'completed'))
);
create index operation_open on operation (id) where state = 'running';
create table operation_batch (
  operation_id uuid not null references operation on delete cascade,
  batch_id     uuid not null,
  outcome      text check (outcome in ('cancelled', 'skipped')),  -- null: still to do
  primary key (operation_id, batch_id)
);
create index operation_batch_open on operation_batch (operation_id, batch_id) where outcome is null;

create table idempotency (
  account_id   uuid not null references account on delete cascade,
  key          text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  node_id      bigint,                          -- who is answering; a dead node's entry is void
  status       integer,                         -- null while the first request runs
  headers      text,
  body         bytea,
  created_at   timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_by_age on idempotency (created_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger receipt_never_changes before update or delete on receipt
  for each row execute function refuse_change();
create trigger credit_entry_never_changes before update or delete on credit_entry
  for each row execute function refuse_change();
create trigger result_never_changes before update or delete on result
  for each row execute function refuse_change();
