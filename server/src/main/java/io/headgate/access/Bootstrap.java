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

/** Creates the account {@value #ACCOUNT} and an admin key at the first start. */
public final class Bootstrap {

  public static final String ACCOUNT = "default";
  public static final String KEY = "admin";

  private final Database database;
  private final Accounts accounts;
  private final ApiKeys keys;
  private final InstantSource clock;

  public Bootstrap(Database database, Accounts accounts, ApiKeys keys, InstantSource clock) {
    this.database = database;
    this.accounts = accounts;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Creates the account when it is missing, and an admin key when the account has no live one, so
   * that the operator of the server always has access. When several nodes start at once, one gets
   * the secret.
   *
   * @param storeSecret stores the secret of the new key for its owner before the key becomes valid:
   *     a crash in between leaves a secret without a key, never a key whose secret is lost
   * @return true when a key was created
   */
  public boolean run(Consumer<String> storeSecret) {
    return database.inTransaction(tx -> {
      UUID account = accounts.operator(tx, ACCOUNT);
      if (ApiKeyStore.liveAdmins(tx, account, clock.instant()) > 0) {
        return false;
      }
      ApiKeys.NewKey newKey = new ApiKeys.NewKey(account, KEY, EnumSet.allOf(Scope.class), null);
      storeSecret.accept(keys.issue(tx, newKey).secret());
      return true;
    });
  }

  /** The same; returns the secret of the new key, or empty when none was created. */
  public Optional<String> run() {
    AtomicReference<@Nullable String> secret = new AtomicReference<>();
    run(secret::set);
    return Optional.ofNullable(secret.get());
  }
}
