-- The schema of Headgate. Its words are those of docs/glossary.md. The checks repeat the invariants of the
-- code, so that a bug fails a statement instead of storing a wrong row.
-- Wherever rows belong to a batch, their key begins with the batch id, so that the schema can be sharded.

-- ---------------------------------------------------------------------------------------------- functions

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;

-- ------------------------------------------------------------------------------- accounts, keys and credits

create table account (
  id               uuid primary key,
  name             text not null unique check (length(name) between 1 and 255),
  unlimited        boolean not null,            -- true: credits are counted, and no submit is refused for them
  granted          bigint not null default 0 check (granted >= 0),
  reserved         bigint not null default 0 check (reserved >= 0),  -- in the journal: reserve - charge - refund
  charged          bigint not null default 0 check (charged >= 0),   -- in the journal: charge
  running_limit    integer check (running_limit > 0),                -- running items of all its batches together
  pending_limit    integer check (pending_limit > 0),                -- unfinished batches at the same time
  created_at       timestamptz not null,
  -- The account of the operator: only its admin keys create accounts, grant credits and list all accounts. An
  -- admin key of any other account manages the keys of that account.
  is_operator      boolean not null default false,
  -- The kinds of events that webhooks of the whole account subscribe to. Every lock of a batch reads them, so
  -- reading them must cost the same however many webhooks there are. Triggers of webhook_endpoint maintain
  -- the column, because an endpoint can also fail while events are delivered to it.
  subscribed_kinds text[],
  constraint account_within_grant check (unlimited or reserved + charged <= granted)
);
create unique index account_operator on account (is_operator) where is_operator;

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

-- The journal of credits; append-only.
create table credit_entry (
  id         bigint generated always as identity primary key,
  account_id uuid not null references account,
  at         timestamptz not null,
  kind       text not null check (kind in ('grant', 'reserve', 'charge', 'refund')),
  credits    bigint not null check (credits > 0),
  batch_id   uuid,
  constraint credit_entry_grant_has_no_batch check ((kind = 'grant') = (batch_id is null))
);
create index credit_entry_by_account on credit_entry (account_id, id);
create index credit_entry_by_batch on credit_entry (batch_id) where batch_id is not null;
create trigger credit_entry_never_changes before update or delete on credit_entry
  for each row execute function refuse_change();

-- Changes of reserved and charged that are not yet part of the account's row. Concurrent transactions of one
-- account append rows here; if each updated the account's row, it would wait for the commit of the one before.
-- The transaction that adds rows to the account holds the lock of the account's row and deletes them.
create table credit_delta (
  account_id uuid not null,
  reserved   bigint not null,
  charged    bigint not null
);
create index credit_delta_by_account on credit_delta (account_id);

-- Random secrets that all nodes share, such as the key that signs list cursors.
create table secret (
  name       text primary key,
  value      bytea not null check (length(value) = 32),
  created_at timestamptz not null default now()
);

-- -------------------------------------------------------------------------------------------------- batches

-- The properties of a batch and its counts. A transaction changes the counts only while it holds this row's lock.
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
  cursor           integer not null default 0
                   constraint batch_cursor_within_total check (cursor between 0 and total),
  ahead            integer not null default 0   -- number of rows in the table ahead
                   constraint batch_ahead_past_cursor check (ahead between 0 and total - cursor),
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
  related          boolean not null default false,  -- it has rows in item_relation: some items have a parent
  retried          boolean not null default false,  -- a retry in place left superseded results

  credits_per_item bigint not null check (credits_per_item >= 0),
  journal_reserved bigint not null check (journal_reserved >= 0),
  journal_charged  bigint not null default 0 check (journal_charged >= 0),
  journal_refunded bigint not null default 0 check (journal_refunded >= 0),

  created_at       timestamptz not null,
  start_at         timestamptz,
  expires_at       timestamptz,
  retain_until     timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  cancelled_at     timestamptz,
  fence_epoch      bigint,
  interrupt_due_at timestamptz,                 -- set by an interrupt: items that still run then are abandoned
  settle_due_at    timestamptz,                 -- by then every item that ran at the fence is settled
  resubmitted_from uuid,

  -- The time from which items can be claimed; null when there are none (paused, at its limit, all claimed,
  -- ended). It is updated only when the answer changes, because it is indexed: all other updates of a busy
  -- batch stay heap-only.
  ready_at         timestamptz,

  -- The vendor API that created the batch, and the request as that API needs it for later responses. A
  -- dialect lists only its own batches; the native API lists all.
  dialect          text check (length(dialect) between 1 and 40),
  dialect_request  text,                        -- JSON in the form of the dialect

  -- Options that nobody may read later, such as cookies: encrypted, and deleted when the batch ends.
  secret_options     text,
  had_secret_options boolean not null default false,  -- stays true after they are deleted

  constraint batch_counts_add_up
    check (total = (total - cursor - ahead) + deferred + running + succeeded + failed + cancelled),
  constraint batch_fenced_when_cancelled
    check ((fence_epoch is not null) = (state in ('cancelling', 'cancelled'))),
  constraint batch_fence_has_time check ((cancelled_at is not null) = (fence_epoch is not null)),
  constraint batch_nothing_pending_after_fence
    check (fence_epoch is null or (cursor = total and ahead = 0 and deferred = 0)),
  constraint batch_cancelling_while_running
    check ((state = 'cancelled' and running = 0) or (state = 'cancelling' and running > 0)
           or state not in ('cancelling', 'cancelled')),
  constraint batch_finished_in_final_state
    check ((finished_at is not null) = (state in ('completed', 'partial', 'failed', 'cancelled'))),
  constraint batch_completed_without_failures check (state <> 'completed' or succeeded + cancelled = total),
  constraint batch_ready_only_when_claimable
    check (ready_at is null or (state in ('pending', 'running') and not paused)),
  constraint batch_spends_within_reservation check (journal_charged + journal_refunded <= journal_reserved),
  constraint batch_finished_credits_balance
    check (finished_at is null or journal_reserved = journal_charged + journal_refunded),
  constraint batch_dialect_has_request check ((dialect is null) = (dialect_request is null)),
  constraint batch_finished_without_secrets check (secret_options is null or finished_at is null),
  constraint batch_secrets_are_remembered check (secret_options is null or had_secret_options)
) with (fillfactor = 50);
create index batch_ready on batch (account_id, priority desc, id) where ready_at is not null;
create index batch_by_account on batch (account_id, id desc);
create index batch_by_dialect on batch (account_id, dialect, id desc) where dialect is not null;
create index batch_expiry on batch (expires_at)
  where expires_at is not null and finished_at is null and fence_epoch is null;
create index batch_interrupt_due on batch (interrupt_due_at)
  where interrupt_due_at is not null and finished_at is null;
create index batch_unfinished on batch (account_id) where finished_at is null;
create index batch_retention on batch (retain_until);

-- How many items were settled at some moments of the last minute, from which the rate of a batch is computed.
-- Unlogged: it is only displayed, so it needs no write-ahead log and may be empty after a crash of PostgreSQL.
create unlogged table batch_rate (
  batch_id uuid not null,
  at       timestamptz not null,
  settled  integer not null check (settled >= 0),  -- items that had run and ended
  primary key (batch_id, at)
);

-- ---------------------------------------------------------------------------------------------------- items

-- Written once by COPY, never changed. No foreign key to batch: items and their batch commit together, so a
-- million checks would prove nothing.
create table item (
  batch_id uuid not null,
  ordinal  integer not null check (ordinal >= 0),
  ref      text check (length(ref) between 1 and 255),
  input    text not null,                       -- JSON as submitted
  primary key (batch_id, ordinal)
) partition by range (batch_id);
create unique index item_by_ref on item (batch_id, ref) where ref is not null;

-- The parent of an item: the item that runs after it and receives its output.
create table item_relation (
  batch_id uuid not null,
  ordinal  integer not null,
  parent   integer not null,
  primary key (batch_id, ordinal),
  constraint item_relation_not_to_itself check (parent <> ordinal)
);
create index item_relation_by_parent on item_relation (batch_id, parent);

-- Ordinals at or past the cursor that are no longer pending there: deferred, or settled singly.
create table ahead (
  batch_id uuid not null references batch on delete cascade,
  ordinal  integer not null,
  primary key (batch_id, ordinal)
);

-- Items that left the cursor and wait. A fence does not touch these rows, so that it costs the same however
-- many there are. In a fenced batch a row means that the item was stopped, even if an earlier run of the item
-- left results.
create table deferred (
  batch_id   uuid not null references batch on delete cascade,
  ordinal    integer not null,
  attempt    integer not null check (attempt > 0),    -- number of the next attempt
  failures   integer not null check (failures >= 0),  -- failed attempts since the submit or the last retry
  losses     integer not null check (losses >= 0),    -- attempts that ended because their node died
  due_at     timestamptz not null,
  blocked_by integer not null default 0 check (blocked_by >= 0),  -- number of children that have not succeeded yet
  primary key (batch_id, ordinal)
);
create index deferred_due on deferred (batch_id, due_at) where blocked_by = 0;

-- ------------------------------------------------------------------------------- nodes, claims and results

create table node (
  id           bigint generated always as identity primary key,
  name         text not null,
  kind         text not null check (kind in ('server', 'worker')),
  account_id   uuid references account,         -- of a remote worker
  slots        integer not null check (slots >= 0),
  processors   text[] not null,
  lease_ms     bigint not null check (lease_ms > 0),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  stopped_at   timestamptz,
  constraint node_worker_has_account check ((kind = 'worker') = (account_id is not null))
);
create unique index node_worker on node (account_id, name) where kind = 'worker' and stopped_at is null;

-- The items that one node is running now. The id is the token that every settlement must name.
create table claim (
  id         bigint generated always as identity primary key,
  batch_id   uuid not null references batch,
  node_id    bigint not null references node,
  epoch      bigint not null,
  ordinals   integer[] not null check (cardinality(ordinals) > 0),
  -- For each ordinal the columns of the same names in deferred; null when all are first attempts.
  attempts   integer[] constraint claim_attempt_per_ordinal check (cardinality(attempts) = cardinality(ordinals)),
  failures   integer[] constraint claim_failures_per_ordinal check (cardinality(failures) = cardinality(ordinals)),
  losses     integer[] constraint claim_losses_per_ordinal check (cardinality(losses) = cardinality(ordinals)),
  claimed_at timestamptz not null,
  constraint claim_attempts_failures_losses_together
    check ((attempts is null) = (failures is null) and (attempts is null) = (losses is null))
) with (fillfactor = 50);
create index claim_by_batch on claim (batch_id);
create index claim_by_node on claim (node_id);

-- The progress that running items report, valid while the claim exists.
-- Unlogged for the same reason as batch_rate.
create unlogged table item_progress (
  claim_id bigint not null,
  ordinal  integer not null,
  ratio    double precision not null check (ratio between 0 and 1),
  message  text not null,
  primary key (claim_id, ordinal)
);

-- Single running items that must stop: those that still run at due_at are abandoned.
create table interruption (
  batch_id uuid not null references batch on delete cascade,
  ordinal  integer not null,
  due_at   timestamptz not null,
  primary key (batch_id, ordinal)
);

-- How each attempt ended; append-only. The final row of an item is its result.
create table result (
  batch_id          uuid not null,
  ordinal           integer not null,
  attempt           integer not null check (attempt > 0),
  outcome           text not null check (outcome in ('succeeded', 'failed', 'cancelled')),
  final             boolean not null,           -- false: the item waited again afterwards
  claim_epoch       bigint,                     -- null: the item ended without having started
  epoch             bigint not null,            -- of the exchange that settled it
  node_id           bigint,
  started_at        timestamptz,
  finished_at       timestamptz not null,
  output            text,                       -- JSON, when it is short
  error_code        text,
  error_message     text,
  -- A long output is stored here instead (docs/decisions/0016): PostgreSQL would spend more time on
  -- compressing it than on the rest of the settlement.
  output_compressed bytea,                      -- an LZ4 block of the JSON in UTF-8
  output_bytes      integer check (output_bytes > 0),  -- its uncompressed length
  primary key (batch_id, ordinal, attempt),
  constraint result_started_when_claimed check ((claim_epoch is null) = (started_at is null)),
  constraint result_settled_after_claim check (claim_epoch < epoch),
  constraint result_success_has_one_output
    check (outcome <> 'succeeded'
           or (final and (output is null) <> (output_compressed is null) and error_code is null)),
  constraint result_failure_has_error check (outcome = 'succeeded' or error_code is not null),
  constraint result_compressed_has_length check ((output_compressed is null) = (output_bytes is null))
) partition by range (batch_id);
alter table result alter column output_compressed set storage external;  -- PostgreSQL does not compress it again
create index result_by_epoch on result (batch_id, epoch);
create index result_not_succeeded on result (batch_id, ordinal) where final and outcome <> 'succeeded';
create trigger result_never_changes before update or delete on result
  for each row execute function refuse_change();

-- Files that attempts store beside their output. The row is inserted first, then the bytes are stored, then
-- the row is marked complete: a crash in between leaves a row that names what to delete, so leftovers are
-- found without listing the store. No foreign key to batch, as for items: the rows outlive their batch until a
-- sweep has deleted the bytes.
create table artifact (
  id          uuid not null unique,             -- random; the name of the file in the store
  batch_id    uuid not null,
  ordinal     integer not null check (ordinal >= 0),
  claim_id    bigint not null,                  -- the attempt runs while this claim contains the ordinal
  claim_epoch bigint not null,                  -- identifies the attempt; its number may repeat after a hand-back
  name        text not null check (name ~ '^[A-Za-z0-9._-]{1,100}$'),
  media_type  text not null check (length(media_type) between 3 and 255),
  bytes       bigint not null check (bytes >= 0),
  sha256      bytea check (length(sha256) = 32),-- null until the bytes are stored
  store       text not null,                    -- the folder or bucket that contains the bytes
  state       text not null                     -- kept: its attempt succeeded; deleted: a sweep deletes the bytes
              check (state in ('writing', 'complete', 'kept', 'deleted')),
  created_at  timestamptz not null,
  deleted_at  timestamptz,
  due_at      timestamptz,                      -- when a sweep deletes the bytes next
  primary key (batch_id, ordinal, claim_epoch, name),
  constraint artifact_complete_has_hash check (state not in ('complete', 'kept') or sha256 is not null),
  constraint artifact_writing_has_no_hash check (state <> 'writing' or sha256 is null),
  constraint artifact_deleted_has_times
    check ((state = 'deleted') = (deleted_at is not null) and (state = 'deleted') = (due_at is not null))
);
create index artifact_of_attempt on artifact (claim_id) where state in ('writing', 'complete');
create index artifact_deleted on artifact (due_at) where state = 'deleted';

-- --------------------------------------------------------------------------------------------------- cancels

-- One row per cancel, kept for ever. No foreign key to batch: a receipt outlives its batch.
create table receipt (
  batch_id         uuid primary key,
  account_id       uuid not null references account,
  cancelled_at     timestamptz not null,
  epoch            bigint not null,
  cursor           integer not null,            -- of the batch before the fence
  total            integer not null,
  stopped          integer not null check (stopped >= 0),
  running          integer not null check (running >= 0),
  succeeded        integer not null check (succeeded >= 0),
  failed           integer not null check (failed >= 0),
  cancelled        integer not null check (cancelled >= 0),
  credits_per_item bigint not null,
  refunded         bigint not null,
  body             text not null,               -- the JSON that clients receive, byte for byte
  constraint receipt_counts_add_up check (stopped + running + succeeded + failed + cancelled = total),
  constraint receipt_refunds_stopped_items check (refunded = stopped * credits_per_item)
);
create trigger receipt_never_changes before update or delete on receipt
  for each row execute function refuse_change();

-- A bulk cancel. Stored, so that it continues after a restart.
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
  constraint operation_finished_when_completed check ((finished_at is not null) = (state = 'completed'))
);
create index operation_running on operation (id) where state = 'running';

-- The batches that a bulk cancel matched.
create table operation_batch (
  operation_id uuid not null references operation on delete cascade,
  batch_id     uuid not null,
  outcome      text check (outcome in ('cancelled', 'skipped')),  -- null: not done yet
  primary key (operation_id, batch_id)
);
create index operation_batch_to_do on operation_batch (operation_id, batch_id) where outcome is null;

-- ------------------------------------------------------------------------------------------------- requests

-- Responses to requests with an Idempotency-Key, returned again when the request is repeated.
create table idempotency (
  account_id   uuid not null references account on delete cascade,
  key          text not null check (length(key) between 1 and 255),
  request_hash bytea not null,
  node_id      bigint,                          -- the node that runs the request; the row is void when it dies
  status       integer,                         -- null while the first request runs
  headers      text,
  body         bytea,
  created_at   timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_by_age on idempotency (created_at);

-- ------------------------------------------------------------------------------------------------- webhooks

create sequence event_position;

-- Events of batches that at least one webhook subscribes to: one row each, however many webhooks there are. The
-- engine appends the row in the transaction of the change. The fan-out inserts the deliveries and deletes the
-- row in one transaction.
create table event (
  position   bigint primary key default nextval('event_position'),  -- ascending within a batch
  id         uuid not null,                     -- the webhook-id, the same for every webhook
  account_id uuid not null,
  batch_id   uuid not null,                     -- no foreign key: its check would lock the batch
  ordinal    integer,                           -- null for events of the batch itself
  kind       text not null,
  at         timestamptz not null,
  data       text not null                      -- JSON: the state at that time
);
create trigger event_never_changes before update on event for each row execute function refuse_change();

-- Where the events of an account, or of one batch, are sent.
create table webhook_endpoint (
  id                   uuid primary key,
  account_id           uuid not null references account,
  batch_id             uuid references batch on delete cascade,  -- not null: events of this batch only
  dialect              text check (length(dialect) between 1 and 40),  -- null: created through the native API
  dialect_data         text,                    -- JSON in the form of the dialect
  url                  text not null,
  events               text[] not null check (cardinality(events) > 0),
  format               text not null,           -- the API whose message format it receives
  signature            text not null check (signature in ('standard', 'pictify', 'none')),
  secret               bytea,                   -- encrypted with a key of the table secret
  state                text not null check (state in ('active', 'paused', 'failed')),
  reason               text,                    -- why it failed
  created_at           timestamptz not null,
  deleted_at           timestamptz,             -- its deliveries are deleted later, in small steps
  delivered            bigint not null default 0,   -- deliveries that were accepted
  failed_attempts      bigint not null default 0,
  consecutive_failures integer not null default 0,  -- failed attempts since the last accepted delivery
  last_attempt         text,                    -- JSON, as in webhook_delivery.attempts
  -- The process that delivers to it, and the time until which no other may.
  lease                uuid,
  lease_until          timestamptz,
  -- Positions of events. It receives none from before it was created, and none from after it failed.
  events_after         bigint not null default nextval('event_position'),
  events_until         bigint,
  constraint webhook_endpoint_failed_has_reason check ((state = 'failed') = (reason is not null)),
  constraint webhook_endpoint_signs_with_secret check ((signature = 'none') = (secret is null)),
  constraint webhook_endpoint_lease_has_end check ((lease is null) = (lease_until is null))
) with (fillfactor = 50);
create index webhook_endpoint_of_account on webhook_endpoint (account_id, id)
  where batch_id is null and deleted_at is null;
create index webhook_endpoint_of_batch on webhook_endpoint (batch_id) where batch_id is not null;
create index webhook_endpoint_deleted on webhook_endpoint (id) where deleted_at is not null;

create function store_subscribed_kinds() returns trigger language plpgsql as $$
begin
  -- Lock first: the query must see what other transactions committed meanwhile.
  perform from account where id = new.account_id for no key update;
  update account set subscribed_kinds = (
    select array_agg(distinct kind order by kind) from webhook_endpoint e, unnest(e.events) kind
    where e.account_id = new.account_id and e.batch_id is null and e.deleted_at is null and e.state <> 'failed')
  where id = new.account_id;
  return null;
end $$;
create trigger store_subscribed_kinds_on_insert after insert on webhook_endpoint for each row
  when (new.batch_id is null) execute function store_subscribed_kinds();
create trigger store_subscribed_kinds_on_update after update on webhook_endpoint for each row
  when (new.batch_id is null and (old.events, old.deleted_at, old.state = 'failed')
    is distinct from (new.events, new.deleted_at, new.state = 'failed'))
  execute function store_subscribed_kinds();

-- One event for one endpoint. Settled rows are the delivery log.
create table webhook_delivery (
  endpoint_id  uuid not null references webhook_endpoint on delete cascade,
  event_id     uuid not null,                            -- the webhook-id, the same on every attempt
  position     bigint generated by default as identity,  -- the order of delivery
  kind         text not null,
  batch_id     uuid,
  ordinal      integer,                                  -- null for events of the batch itself
  at           timestamptz not null,
  data         text not null,                            -- JSON: the state at the time of the event
  state        text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  tries        integer not null default 0 check (tries >= 0),  -- attempts since it last became pending
  due_at       timestamptz not null,
  settled_at   timestamptz,
  attempts     jsonb not null default '[]',              -- the log of the latest attempts, oldest first
  primary key (endpoint_id, event_id),
  constraint webhook_delivery_settled_unless_pending check ((state = 'pending') = (settled_at is null))
) with (fillfactor = 70);
create index webhook_delivery_pending on webhook_delivery (endpoint_id, position) where state = 'pending';

-- The last progress event of a batch: its time, and how many items were settled then.
create table webhook_progress (
  batch_id uuid primary key,                    -- no foreign key: its check would lock a running batch
  at       timestamptz not null,
  settled  integer not null
);

-- ------------------------------------------------------------------------------------------------ templates

-- Templates of images and documents. This row has what the author can change. What a render needs is in
-- template_version and never changes, so that a batch renders the version it was submitted with.
create table template (
  id            uuid primary key,
  uid           text not null unique check (uid ~ '^[0-9A-Z]{10}$'),  -- a short id for APIs that show one
  account_id    uuid not null references account,
  name          text not null check (length(name) between 1 and 255),
  type          text check (length(type) between 1 and 100),
  category      text check (length(category) between 1 and 100),
  tags          text[] not null check (cardinality(tags) <= 50),
  version       integer not null check (version > 0),                 -- the newest
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  deleted_at    timestamptz                     -- from then on only batches submitted earlier can use it
);
create index template_by_account on template (account_id, id desc) where deleted_at is null;

create table template_version (
  template_id   uuid not null references template,
  version       integer not null check (version > 0),
  engine        text not null check (engine in ('html')),
  output_format text not null check (output_format in ('image', 'pdf', 'gif')),
  width         integer not null check (width between 1 and 4000),
  height        integer not null check (height between 1 and 4000),
  html          text not null check (octet_length(html) <= 500000),
  layouts       json not null,                  -- json, because jsonb would not keep the author's order
  variables     json not null,                  -- found in the HTML, with the author's descriptions
  created_at    timestamptz not null,
  primary key (template_id, version)
);
