-- What a batch was given and nobody may find later, such as cookies: sealed, and wiped when the batch ends.
alter table batch
  add column confided text,
  add check (confided is null or finished_at is null);
