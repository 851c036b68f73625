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
  public interface WhenDone<T> {

    /** An exception rolls the change back. */
    void done(Tx tx, T result);
  }

  /** Which endpoints to list; null for all. */
  public record Filter(@Nullable String event, Endpoint.@Nullable State state) {

    public static final Filter ALL = new Filter(null, null);

    @Nullable String stateWord() {
      return state == null ? null : state.word();
    }
  }

  /** Rows of a list: those with smaller ids than {@code before}, without the first few. */
  record Span(UUID before, int skip, int rows) {}

  /** A numbered page, and how many endpoints match in total. */
  public record Numbered(List<Endpoint> data, int total) {}

  /** The most endpoints of one owner: each event may be delivered to every one of them. */
  public static final int MOST = 500;

  // PostgreSQL orders uuids as unsigned bytes, so this one is past all others.
  private static final UUID PAST_ALL = new UUID(-1, -1);

  private final Database database;
  private final InstantSource clock;
  private final TargetCheck targets;
  private final Vault vault;

  /**
   * @param targets where deliveries may go
   * @param vault encrypts the signing secrets
   */
  Endpoints(Database database, InstantSource clock, TargetCheck targets, Vault vault) {
    this.database = database;
    this.clock = clock;
    this.targets = targets;
    this.vault = vault;
  }

  /**
   * Why {@code url} is no allowed target; empty when it is one. Resolves the host. Every connection
   * repeats the check and goes to the address that was checked.
   *
   * @param field the name of the field in the client's request
   */
  public Optional<Violation> objection(String field, String url) {
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
   * Returns false when the owner has {@link #MOST} endpoints. To be called before {@link #create}:
   * requests at the same moment may create a few more.
   */
  public boolean hasRoom(Owner owner) {
    return database.read(tx -> EndpointStore.count(tx, owner, Filter.ALL)) < MOST;
  }

  /** Creates an endpoint that receives events of all batches of the account. */
  public Endpoint.Made create(Owner owner, Endpoint.Order order, WhenDone<Endpoint.Made> whenDone) {
    return database.inTransaction(tx -> {
      Endpoint.Made made = make(tx, owner, null, order);
      whenDone.done(tx, made);
      return made;
    });
  }

  /**
   * Creates an endpoint that receives events of one batch only, in the transaction that stores the
   * batch. No list shows it, and it is deleted with the batch.
   */
  public Endpoint.Made attach(Tx tx, Owner owner, UUID batch, Endpoint.Order order) {
    return make(tx, owner, batch, order);
  }

  private Endpoint.Made make(Tx tx, Owner owner, @Nullable UUID batch, Endpoint.Order order) {
    Endpoint endpoint =
        new Endpoint(
            Ids.next(),
            owner,
            batch,
            order,
            Endpoint.Status.ACTIVE,
            Endpoint.Statistics.NONE,
            clock.instant());
    String secret = order.signature() == Signature.NONE ? null : Vault.newSecret();
    byte[] sealed = secret == null ? null : vault.seal(endpoint.id(), secret);
    EndpointStore.insert(tx, endpoint, sealed);
    return new Endpoint.Made(endpoint, secret);
  }

  public Optional<Endpoint> find(Owner owner, UUID id) {
    return database.read(tx -> EndpointStore.find(tx, owner, id));
  }

  /** Lists endpoints with smaller ids than {@code before}, newest first; at most {@code rows}. */
  public List<Endpoint> list(Owner owner, Filter filter, UUID before, int rows) {
    return database.read(tx -> EndpointStore.list(tx, owner, filter, new Span(before, 0, rows)));
  }

  /**
   * Returns a numbered page, newest first.
   *
   * @param page from 1
   */
  public Numbered page(Owner owner, Filter filter, int page, int limit) {
    return database.inSnapshot(tx ->
        new Numbered(
            EndpointStore.list(
                tx, owner, filter, new Span(PAST_ALL, Math.multiplyExact(page - 1, limit), limit)),
            EndpointStore.count(tx, owner, filter)));
  }

  /**
   * Changes an endpoint; empty when the owner has no such endpoint. When it is resumed or gets
   * another URL, its pending deliveries are due at once, with a new schedule. The caller has
   * checked a new URL with {@link #objection}.
   */
  public Optional<Endpoint> change(
      Owner owner, UUID id, Endpoint.Change change, WhenDone<Endpoint> whenDone) {
    return database.inTransaction(tx -> {
      Optional<Endpoint> found =
          EndpointStore.lock(tx, owner, id).map(before -> change(tx, before, change));
      found.ifPresent(endpoint -> whenDone.done(tx, endpoint));
      return found;
    });
  }

  private Endpoint change(Tx tx, Endpoint before, Endpoint.Change change) {
    Endpoint.State was = before.status().state();
    Endpoint.State state = Objects.requireNonNullElse(change.state(), was);
    Endpoint after =
        new Endpoint(
            before.id(),
            before.owner(),
            before.batch(),
            changed(before.settings(), change),
            new Endpoint.Status(
                state, state == Endpoint.State.FAILED ? before.status().reason() : null),
            before.statistics(),
            before.createdAt());
    EndpointStore.change(tx, after);
    boolean resumed = state == Endpoint.State.ACTIVE && was != state;
    if (resumed || !after.settings().url().equals(before.settings().url())) {
      DeliveryLog.tryAnew(tx, after.id(), clock.instant());
    }
    return after;
  }

  private static Endpoint.Order changed(Endpoint.Order before, Endpoint.Change change) {
    return new Endpoint.Order(
        Objects.requireNonNullElse(change.url(), before.url()),
        Objects.requireNonNullElse(change.events(), before.events()),
        before.format(),
        before.signature(),
        change.facts() == null ? before.facts() : change.facts());
  }

  /** Deletes an endpoint and its pending deliveries; returns false when there is none. */
  public boolean delete(Owner owner, UUID id) {
    return database.inTransaction(tx -> {
      Optional<Endpoint> found = EndpointStore.lock(tx, owner, id);
      found.ifPresent(endpoint -> EndpointStore.delete(tx, endpoint.id(), clock.instant()));
      return found.isPresent();
    });
  }
}
