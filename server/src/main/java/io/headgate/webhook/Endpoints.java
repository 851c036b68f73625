package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.outbound.TargetCheck;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates, lists and changes endpoints, for the native API and for dialects. Each API sees only the
 * endpoints that were created through it. Safe for use by several threads.
 */
public final class Endpoints {

  /** What the caller adds to the end of the transaction of a successful change. */
  @FunctionalInterface
  public interface AfterChange<T> {

    /** An exception rolls the change back. */
    void run(Tx tx, T result);
  }

  /** Which endpoints to list; null for all. */
  public record EndpointFilter(@Nullable String event, Endpoint.@Nullable EndpointState state) {

    public static final EndpointFilter ALL = new EndpointFilter(null, null);

    @Nullable String stateWord() {
      return state == null ? null : state.word();
    }
  }

  /** Rows of a list: those with smaller ids than {@code before}, without the first few. */
  record RowRange(UUID before, int skip, int rows) {}

  /** A numbered page, and how many endpoints match in total. */
  public record EndpointPage(List<Endpoint> endpoints, int total) {}

  /** The most endpoints of one owner: each event may be delivered to every one of them. */
  public static final int MAX_PER_OWNER = 500;

  // PostgreSQL orders uuids as unsigned bytes, so this one is past all others.
  private static final UUID MAX_ID = new UUID(-1, -1);

  private final Database database;
  private final InstantSource clock;
  private final TargetCheck targets;
  private final EndpointSecrets secrets;

  /**
   * @param targets where deliveries may go
   * @param secrets encrypts the signing secrets
   */
  Endpoints(Database database, InstantSource clock, TargetCheck targets, EndpointSecrets secrets) {
    this.database = database;
    this.clock = clock;
    this.targets = targets;
    this.secrets = secrets;
  }

  /**
   * Why {@code url} is no allowed target; empty when it is one. Resolves the host. Every connection
   * repeats the check and goes to the address that was checked.
   *
   * @param field the name of the field in the client's request
   */
  public Optional<Violation> targetProblem(String field, String url) {
    try {
      return targets
          .check(url)
          .map(failed -> new Violation(field, "is refused: " + failed.message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a host was resolved.", e);
    }
  }

  /**
   * Returns false when the owner has {@link #MAX_PER_OWNER} endpoints. To be called before {@link
   * #create}: requests at the same moment may create a few more.
   */
  public boolean isBelowLimit(EndpointOwner owner) {
    return database.read(tx -> EndpointStore.count(tx, owner, EndpointFilter.ALL)) < MAX_PER_OWNER;
  }

  /** Creates an endpoint that receives events of all batches of the account. */
  public Endpoint.CreatedEndpoint create(
      EndpointOwner owner,
      Endpoint.EndpointSettings settings,
      AfterChange<Endpoint.CreatedEndpoint> afterChange) {
    return database.inTransaction(tx -> {
      Endpoint.CreatedEndpoint created = insert(tx, owner, null, settings);
      afterChange.run(tx, created);
      return created;
    });
  }

  /**
   * Creates an endpoint that receives events of one batch only, in the transaction that stores the
   * batch. No list shows it, and it is deleted with the batch.
   */
  public Endpoint.CreatedEndpoint createForBatch(
      Tx tx, EndpointOwner owner, UUID batch, Endpoint.EndpointSettings settings) {
    return insert(tx, owner, batch, settings);
  }

  private Endpoint.CreatedEndpoint insert(
      Tx tx, EndpointOwner owner, @Nullable UUID batch, Endpoint.EndpointSettings settings) {
    Endpoint endpoint =
        new Endpoint(
            Ids.next(),
            owner,
            batch,
            settings,
            Endpoint.EndpointStatus.ACTIVE,
            Endpoint.EndpointStatistics.NONE,
            clock.instant());
    String secret =
        settings.signature() == SignatureScheme.NONE ? null : EndpointSecrets.newSecret();
    byte[] encrypted = secret == null ? null : secrets.encrypt(endpoint.id(), secret);
    EndpointStore.insert(tx, endpoint, encrypted);
    return new Endpoint.CreatedEndpoint(endpoint, secret);
  }

  public Optional<Endpoint> find(EndpointOwner owner, UUID id) {
    return database.read(tx -> EndpointStore.find(tx, owner, id));
  }

  /** Lists endpoints with smaller ids than {@code before}, newest first; at most {@code rows}. */
  public List<Endpoint> list(EndpointOwner owner, EndpointFilter filter, UUID before, int rows) {
    return database.read(
        tx -> EndpointStore.list(tx, owner, filter, new RowRange(before, 0, rows)));
  }

  /**
   * Returns a numbered page, newest first.
   *
   * @param page from 1
   */
  public EndpointPage page(EndpointOwner owner, EndpointFilter filter, int page, int limit) {
    return database.inSnapshot(tx ->
        new EndpointPage(
            EndpointStore.list(
                tx,
                owner,
                filter,
                new RowRange(MAX_ID, Math.multiplyExact(page - 1, limit), limit)),
            EndpointStore.count(tx, owner, filter)));
  }

  /**
   * Changes an endpoint; empty when the owner has no such endpoint. When it is resumed or gets
   * another URL, its pending deliveries are due at once, with a new schedule. The caller has
   * checked a new URL with {@link #targetProblem}.
   */
  public Optional<Endpoint> change(
      EndpointOwner owner,
      UUID id,
      Endpoint.EndpointChange change,
      AfterChange<Endpoint> afterChange) {
    return database.inTransaction(tx -> {
      Optional<Endpoint> found =
          EndpointStore.lock(tx, owner, id).map(before -> change(tx, before, change));
      found.ifPresent(endpoint -> afterChange.run(tx, endpoint));
      return found;
    });
  }

  private Endpoint change(Tx tx, Endpoint before, Endpoint.EndpointChange change) {
    Endpoint.EndpointState oldState = before.status().state();
    Endpoint.EndpointState state = Objects.requireNonNullElse(change.state(), oldState);
    Endpoint after =
        new Endpoint(
            before.id(),
            before.owner(),
            before.batch(),
            changed(before.settings(), change),
            new Endpoint.EndpointStatus(
                state, state == Endpoint.EndpointState.FAILED ? before.status().reason() : null),
            before.statistics(),
            before.createdAt());
    EndpointStore.change(tx, after);
    boolean resumed = state == Endpoint.EndpointState.ACTIVE && oldState != state;
    if (resumed || !after.settings().url().equals(before.settings().url())) {
      DeliveryLog.resetRetries(tx, after.id(), clock.instant());
    }
    return after;
  }

  private static Endpoint.EndpointSettings changed(
      Endpoint.EndpointSettings before, Endpoint.EndpointChange change) {
    return new Endpoint.EndpointSettings(
        Objects.requireNonNullElse(change.url(), before.url()),
        Objects.requireNonNullElse(change.events(), before.events()),
        before.format(),
        before.signature(),
        change.dialectData() == null ? before.dialectData() : change.dialectData());
  }

  /** Deletes an endpoint and its pending deliveries; returns false when there is none. */
  public boolean delete(EndpointOwner owner, UUID id) {
    return database.inTransaction(tx -> {
      Optional<Endpoint> found = EndpointStore.lock(tx, owner, id);
      found.ifPresent(endpoint -> EndpointStore.delete(tx, endpoint.id(), clock.instant()));
      return found.isPresent();
    });
  }
}
