package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.outbound.Targets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of events: made, looked at and changed here, by the native API and by dialects alike.
 * Each sees what was made through it and nothing else.
 */
public final class Endpoints {

  /** What else belongs into the transaction of a verb that did what was asked; last in it. */
  @FunctionalInterface
  public interface WhenDone<T> {

    /** What it throws undoes the verb. */
    void done(Tx tx, T result);
  }

  /** Which ones to list; null asks for all. */
  public record Filter(@Nullable String event, Endpoint.@Nullable State state) {

    public static final Filter ALL = new Filter(null, null);

    @Nullable String stateWord() {
      return state == null ? null : state.word();
    }
  }

  /**
   * Which rows of a list: those with smaller ids than {@code before}, after {@code skip} others.
   */
  record Span(UUID before, int skip, int rows) {}

  /** A numbered page, and how many there are in all. */
  public record Numbered(List<Endpoint> data, int total) {}

  /**
   * Endpoints of one owner. Every lock of a batch asks what all of its account's listen to, and
   * each event is written once for each of them.
   */
  public static final int MOST = 500;

  // PostgreSQL orders uuids as unsigned bytes, so this one is past all others.
  private static final UUID PAST_ALL = new UUID(-1, -1);

  private final Database database;
  private final InstantSource clock;
  private final Targets targets;
  private final Vault vault;

  /**
   * @param targets where deliveries may go
   * @param vault seals the secrets
   */
  Endpoints(Database database, InstantSource clock, Targets targets, Vault vault) {
    this.database = database;
    this.clock = clock;
    this.targets = targets;
    this.vault = vault;
  }

  /**
   * Why nothing may be delivered to {@code url}; empty when it may. Looks the host up. The same
   * check is made again for every connection, which goes to the very address that was checked.
   *
   * @param field what the client calls it
   */
  public Optional<Violation> objection(String field, String url) {
    try {
      return targets
          .check(url)
          .map(failed -> new Violation(field, "is refused: " + failed.message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host was looked up", e);
    }
  }

  /**
   * False when the owner has as many endpoints as it may. Ask before {@link #create}: what is made
   * by several at the same moment may be a few more.
   */
  public boolean hasRoom(Owner owner) {
    return database.read(tx -> EndpointStore.count(tx, owner, Filter.ALL)) < MOST;
  }

  /** Makes an endpoint that is told of all batches of the account. */
  public Endpoint.Made create(Owner owner, Endpoint.Order order, WhenDone<Endpoint.Made> whenDone) {
    return database.inTransaction(tx -> {
      Endpoint.Made made = make(tx, owner, null, order);
      whenDone.done(tx, made);
      return made;
    });
  }

  /**
   * Makes an endpoint that is told of this batch only, in the transaction that stores it. It is in
   * no list, and goes with the batch.
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

  /** Newest first, those with smaller ids than {@code before}; at most {@code rows}. */
  public List<Endpoint> list(Owner owner, Filter filter, UUID before, int rows) {
    return database.read(tx -> EndpointStore.list(tx, owner, filter, new Span(before, 0, rows)));
  }

  /**
   * A page, newest first.
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
   * Changes an endpoint; empty when there is none. Made active or sent elsewhere, it is tried at
   * once, and with a new schedule. A new url must have been checked.
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

  /** Nothing more is delivered to it. False when there is none. */
  public boolean delete(Owner owner, UUID id) {
    return database.inTransaction(tx -> {
      Optional<Endpoint> found = EndpointStore.lock(tx, owner, id);
      found.ifPresent(endpoint -> EndpointStore.delete(tx, endpoint.id(), clock.instant()));
      return found.isPresent();
    });
  }
}
