-- Events of batches that some webhook listens to, one row each however many webhooks do. The engine appends
-- a row in the transaction of the change. The fan-out turns it into deliveries and deletes it, both in one transaction.
create sequence event_position;
create table event (
  position   bigint primary key default nextval('event_position'),  -- events of a batch: in the order of its history
  id         uuid not null,                     -- the webhook-id, the same for every webhook
  account_id uuid not null,
  batch_id   uuid not null,                     -- no foreign key: its check would lock the batch
  ordinal    integer,                           -- of the item it is about
  kind       text not null,
  at         timestamptz not null,
  data       text not null                      -- JSON: the facts at that time
);
create trigger event_never_changes before update on event for each row execute function refuse_change();

alter table webhook_endpoint
  add column events_after bigint not null default nextval('event_position'),  -- it gets no earlier events
  add column events_until bigint;               -- set when it fails: it still gets what happened before

-- Without the foreign key to batch: its check would lock a running batch.
alter table webhook_progress drop constraint webhook_progress_batch_id_fkey;

-- Options that must not be found later, such as cookies, and the fact that the batch was given some,
-- which outlives them.
alter table batch rename column confided to secret_options;
alter table batch add column had_secret_options boolean not null default false;
update batch set had_secret_options = true where secret_options is not null or asked like '{"confided":true%';
update batch set asked = '{' || ltrim(substr(asked, 17), ',') where asked like '{"confided":true%';
alter table batch add check (secret_options is null or had_secret_options);

-- The kinds of events that an account's webhooks listen to. The lock of a batch reads them, so they must cost
-- nothing, however many webhooks there are. Kept by a trigger, as a webhook may also fail while it is delivered to.
alter table account add column listened_kinds text[];
create function store_listened_kinds() returns trigger language plpgsql as $$
begin
  -- Before the query, which must see what other transactions have changed meanwhile.
  perform from account where id = new.account_id for no key update;
  update account set listened_kinds = (
    select array_agg(distinct kind order by kind) from webhook_endpoint e, unnest(e.events) kind
    where e.account_id = new.account_id and e.batch_id is null and e.deleted_at is null and e.state <> 'failed')
  where id = new.account_id;
  return null;
end $$;
create trigger listened_kinds_of_new after insert on webhook_endpoint for each row
  when (new.batch_id is null) execute function store_listened_kinds();
create trigger listened_kinds_of_changed after update on webhook_endpoint for each row
  when (new.batch_id is null and (old.events, old.deleted_at, old.state = 'failed')
    is distinct from (new.events, new.deleted_at, new.state = 'failed'))
  execute function store_listened_kinds();
update account a set listened_kinds = (
  select array_agg(distinct kind order by kind) from webhook_endpoint e, unnest(e.events) kind
  where e.account_id = a.id and e.batch_id is null and e.deleted_at is null and e.state <> 'failed');
