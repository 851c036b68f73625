-- Credits that moved and are not yet added to the sums of the account. Many transactions of one account
-- append here at once, where an update of the account's row would let each wait for the commit of the
-- one before. Whoever adds rows up deletes them, and holds the lock of the account's row meanwhile.
create table account_move (
  account_id uuid not null,
  reserved   bigint not null,
  charged    bigint not null
);
create index account_move_by_account on account_move (account_id);
