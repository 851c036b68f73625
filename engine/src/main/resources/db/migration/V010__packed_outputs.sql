-- Long outputs come packed (docs/decisions/0016): PostgreSQL would spend more on compressing them than on
-- all the rest of a settlement. Short ones stay as they are, and so do those written before.
alter table result
  add column output_packed bytea,              -- a block of LZ4, over the UTF-8 of the JSON
  add column output_bytes  integer check (output_bytes > 0);  -- its length unpacked
alter table result alter column output_packed set storage external;  -- to be left as it is

alter table result drop constraint result_check2;  -- succeeded means an output, of either kind
alter table result
  add check (outcome <> 'succeeded'
    or (final and (output is null) <> (output_packed is null) and error_code is null)),
  add check ((output_packed is null) = (output_bytes is null));
