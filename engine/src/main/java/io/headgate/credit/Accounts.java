package io.headgate.credit;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The accounts, their balances and their journal. */
public final class Accounts {

  /**
   * A new account.
   *
   * @param limit credits granted at the start; null for an account without a limit
   * @param runningLimit items running at once over all its batches; null for no bound
   * @param pendingLimit live batches at once; null for no bound
   */
  public record NewAccount(
      String name,
      @Nullable Long limit,
      @Nullable Integer runningLimit,
      @Nullable Integer pendingLimit) {}

  /** An account and its balance. */
  public record AccountBalance(
      UUID id, String name, CreditSums sums, AccountLimits bounds, Instant createdAt) {}

  /**
   * In credits. {@code reserved} and {@code charged} follow every settled item at once; {@code
   * available} is what a submit could reserve, and grows with the refunds of a batch when it ends.
   *
   * @param limit ever granted; null without a limit, and then {@code available} is null too
   */
  public record CreditSums(
      @Nullable Long limit, @Nullable Long available, long reserved, long charged) {}

  /**
   * @param running items at once over all its batches; null for no bound
   * @param pending unfinished batches at once; null for no bound
   */
  public record AccountLimits(@Nullable Integer running, @Nullable Integer pending) {}

  /**
   * @param kind grant, reserve, charge or refund
   * @param batchId null for a grant
   */
  public record JournalEntry(
      long id, Instant at, String kind, long credits, @Nullable UUID batchId) {}

  private final Database database;
  private final InstantSource clock;

  public Accounts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes an account with its first grant; empty when the name is taken. */
  public Optional<UUID> createIfNameIsFree(Tx tx, NewAccount account) {
    UUID id = Ids.next();
    Instant now = clock.instant();
    if (!AccountStore.insertIfNameIsFree(tx, id, account, now)) {
      return Optional.empty();
    }
    // The journal has no entries that move nothing.
    if (account.limit() != null && account.limit() > 0) {
      CreditJournal.grant(tx, id, account.limit(), now);
    }
    return Optional.of(id);
  }

  /** Adds credits to what an account with a limit may use; false when there is no such account. */
  public boolean grant(Tx tx, UUID account, long credits) {
    return CreditJournal.grant(tx, account, credits, clock.instant());
  }

  public Optional<AccountBalance> balance(UUID account) {
    return database.read(tx -> balance(tx, account));
  }

  public Optional<AccountBalance> balance(Snapshot tx, UUID account) {
    return AccountStore.balance(tx, account);
  }

  /** Accounts, newest first, those below {@code before}. */
  public List<AccountBalance> list(UUID before, int rows) {
    return database.read(tx -> AccountStore.listBefore(tx, before, rows));
  }

  /** Journal entries of an account, newest first, those below {@code before}. */
  public List<JournalEntry> journal(UUID account, long before, int rows) {
    return database.read(tx -> AccountStore.journalBefore(tx, account, before, rows));
  }

  /** True for the operator account. */
  public boolean isOperator(UUID account) {
    return database.read(tx -> AccountStore.operator(tx).filter(account::equals).isPresent());
  }

  /**
   * The operator account; creates it when there is none yet. Other nodes that do the same wait for
   * the end of the transaction.
   */
  public UUID operator(Tx tx, String name) {
    AccountStore.lockOperator(tx);
    return AccountStore.operator(tx)
        .orElseGet(() -> {
          UUID id = Ids.next();
          NewAccount account = new NewAccount(name, null, null, null);
          AccountStore.insertIfNameIsFree(tx, id, account, clock.instant());
          AccountStore.makeOperator(tx, name);
          return AccountStore.operator(tx).orElseThrow();
        });
  }
}
