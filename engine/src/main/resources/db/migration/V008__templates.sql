-- Templates of pictures and documents. The row is what its author calls it and may change; what a render
-- needs stands in template_version and never changes, so that a batch renders what it was submitted with.
create table template (
  id            uuid primary key,
  uid           text not null unique check (uid ~ '^[0-9A-Z]{10}$'),  -- its short name, for APIs that show one
  account_id    uuid not null references account,
  name          text not null check (length(name) between 1 and 255),
  type          text check (length(type) between 1 and 100),
  category      text check (length(category) between 1 and 100),
  tags          text[] not null check (cardinality(tags) <= 50),
  version       integer not null check (version > 0),                 -- the newest
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  deleted_at    timestamptz                                           -- unknown to everyone but renders under way
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
  layouts       json not null,                                        -- not jsonb: their order is the author's
  variables     json not null,                                        -- found in the HTML, and what was said of them
  created_at    timestamptz not null,
  primary key (template_id, version)
);
