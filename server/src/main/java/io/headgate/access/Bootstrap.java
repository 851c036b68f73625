package io.headgate.access;

import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.http.Scope;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first start: an account without credit limit and a key that may do everything. */
public final class Bootstrap {

  public static final String ACCOUNT = "default";
  public static final String KEY = "admin";

  private final Database database;
  private final Accounts accounts;
  private final Keys keys;
  private final InstantSource clock;

  public Bootstrap(Database database, Accounts accounts, Keys keys, InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Makes the account when there is none, and an admin key when none is left that works: whoever
   * can start the server is never locked out. Of several nodes that start at once, one gets the
   * secret.
   *
   * @param keep puts the new key's secret where its owner will find it, before the key is good: a
   *     crash in between leaves a secret without a key, never a key that nobody knows
   * @return true when a key was made
   */
  public boolean run(Consumer<String> keep) {
    return database.inTransaction(tx -> {
      UUID account = accounts.operator(tx, ACCOUNT);
      if (KeyStore.liveAdmins(tx, account, clock.instant()) > 0) {
        return false;
      }
      Keys.NewKey order = new Keys.NewKey(account, KEY, EnumSet.allOf(Scope.class), null);
      keep.accept(keys.issue(tx, order).secret());
      return true;
    });
  }

  /** The same; the secret comes back this once, and is empty when nothing was missing. */
  public Optional<String> run() {
    AtomicReference<@Nullable String> secret = new AtomicReference<>();
    run(secret::set);
    return Optional.ofNullable(secret.get());
  }
}
