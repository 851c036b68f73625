package io.headgate.access;

import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.http.Scope;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;

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
   * @return the new key's secret, this once; empty when nothing was missing
   */
  public Optional<String> run() {
    return database.inTransaction(tx -> {
      UUID account = accounts.operator(tx, ACCOUNT);
      if (KeyStore.liveAdmins(tx, account, clock.instant()) > 0) {
        return Optional.empty();
      }
      Keys.NewKey order = new Keys.NewKey(account, KEY, EnumSet.allOf(Scope.class), null);
      return Optional.of(keys.issue(tx, order).secret());
    });
  }
}
