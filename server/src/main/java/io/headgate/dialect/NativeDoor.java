package io.headgate.dialect;

import io.headgate.artifact.Links;
import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.Retrial;
import io.headgate.http.Answer;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.intake.ItemSource;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.intake.OnBadLine;
import io.headgate.intake.SubmitResult;
import io.headgate.outbound.Target;
import io.headgate.processor.Processor;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchFilter;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import io.headgate.view.ItemFilter;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import io.headgate.view.Page;
import io.headgate.view.Usage;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Owner;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The verbs of the house for one dialect. It sees the batches that came through that dialect and no
 * other; everything refused is a {@link Problem}, which the dialect words its own way.
 */
public final class NativeDoor {

  private static final int PAGE = 500;
  private static final Duration PATIENCE_WITH_NAMES = Duration.ofSeconds(2);

  private final House house;
  private final String dialect;
  private final Optional<Endpoint.Order> told;

  public NativeDoor(House house, String dialect) {
    this(house, dialect, Optional.empty());
  }

  private NativeDoor(House house, String dialect, Optional<Endpoint.Order> told) {
    this.house = house;
    this.dialect = dialect;
    this.told = told;
  }

  /**
   * The same door, whose next batches tell this endpoint, and only this one, of themselves: what
   * vendors call a batch's webhook URL. Stored with the batch or not at all.
   *
   * @throws io.headgate.http.ProblemException {@code invalid-request} when nothing may be sent
   *     there
   */
  public NativeDoor telling(String field, Endpoint.Order endpoint) {
    requireTarget(field, endpoint.url());
    return new NativeDoor(house, dialect, Optional.of(endpoint));
  }

  private void requireTarget(String field, String url) {
    house
        .endpoints()
        .objection(field, url)
        .ifPresent(wrong -> {
          throw Problem.invalid(InputError.of(wrong)).asException();
        });
  }

  /** Whose endpoints this door shows. */
  public Owner owner(Caller caller) {
    return new Owner(caller.account(), dialect);
  }

  /**
   * Stores a batch. The answer is kept for a repeat with the same idempotency key, in the same
   * transaction.
   *
   * @param answer the vendor's answer to what was stored
   */
  public Answer submit(
      Request request,
      Caller caller,
      BatchOrder order,
      List<NewItem> items,
      Function<SubmitResult.Submitted, Answer> answer) {
    requireRunnable(order);
    AtomicReference<Answer> accepted = new AtomicReference<>();
    SubmitResult result =
        store(
            caller,
            order,
            items,
            (tx, done) -> {
              told.ifPresent(own -> house.endpoints().attach(tx, owner(caller), done.id(), own));
              accepted.set(answer.apply(done));
              request.remember(tx, accepted.get());
            });
    Refusals.unlessSubmitted(result, "");
    return accepted.get();
  }

  /**
   * Runs one item and waits for it. Unlike {@link #submit} nothing is kept for a repeat before the
   * item has ended, so a repeat after a crash runs it again.
   *
   * @return the item as it ended, with its batch
   * @throws ProblemException {@code unavailable} when it has not ended within {@code limit}; it is
   *     stopped then, and not charged
   */
  public Ran runOne(Caller caller, BatchOrder order, NewItem item, Duration limit) {
    requireRunnable(order);
    SubmitResult.Submitted stored =
        Refusals.unlessSubmitted(store(caller, order, List.of(item), (tx, done) -> {}), "");
    BatchView batch = awaitEnd(caller, stored.id(), limit);
    if (!batch.status().state().finished() && stopped(caller, stored.id())) {
      throw Problem.of(ProblemCode.UNAVAILABLE, "It took longer than " + limit.toSeconds() + " s.")
          .withHeader("Retry-After", "5")
          .asException();
    }
    BatchView ended = find(caller, Optional.of(stored.id()));
    return new Ran(ended, items(caller, stored.id()).getFirst());
  }

  /** False for one that ended by itself just before: it is charged, so its client gets it. */
  private boolean stopped(Caller caller, UUID batch) {
    CancelOrder stop = new CancelOrder(CancelMode.INTERRUPT, Duration.ZERO, "took too long");
    return house.engine().cancel(caller, batch, stop) instanceof CancelResult.Fenced;
  }

  /** One item that has ended. */
  public record Ran(BatchView batch, ItemView item) {}

  private SubmitResult store(
      Caller caller,
      BatchOrder order,
      List<NewItem> items,
      io.headgate.intake.Intake.WhenStored stored) {
    try {
      return house.intake().submit(caller, order, ItemSource.of(items), OnBadLine.REFUSE, stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a list in memory: cannot be
    }
  }

  /** What a processor would object to in these options, here and now. */
  public List<Violation> objections(String processor, JsonNode options) {
    return house.processors().find(processor).orElseThrow().checkOptions(options);
  }

  private void requireRunnable(BatchOrder order) {
    Processor processor = house.processors().find(order.processor()).orElseThrow();
    if (!processor.missing().isEmpty()) {
      throw Problem.of(
              ProblemCode.PROCESSOR_UNAVAILABLE,
              "This server lacks " + String.join(", ", processor.missing()) + ".")
          .asException();
    }
    List<Violation> wrong = objections(order.processor(), order.options());
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong.stream().map(InputError::of).toList()).asException();
    }
  }

  /**
   * The batch.
   *
   * @param id empty for a text that is no id: the same {@code not-found} as for an unknown one
   */
  public BatchView find(Caller caller, Optional<UUID> id) {
    return look(caller, id).orElseThrow(Refusals::notFound);
  }

  /**
   * The batch with every item of it, as they stood at one moment: for batches as small as vendors
   * allow.
   *
   * @param id as {@link #find} takes it
   */
  public Items.Whole whole(Caller caller, Optional<UUID> id) {
    UUID asked = id.orElse(Ids.NOBODYS);
    return house
        .items()
        .whole(house.batches(), caller.account(), asked, this::isOurs)
        .orElseThrow(Refusals::notFound);
  }

  /** The same, for those who word it otherwise when there is none. */
  public Optional<BatchView> look(Caller caller, Optional<UUID> id) {
    // Looked for in any case, so that a malformed id takes as long as an unknown one.
    UUID asked = id.orElse(Ids.NOBODYS);
    return house.batches().find(caller.account(), asked).filter(this::isOurs);
  }

  private boolean isOurs(BatchView batch) {
    return batch.order().origin() != null && batch.order().origin().dialect().equals(dialect);
  }

  /**
   * A page of the dialect's batches, newest first.
   *
   * @param page from 1
   */
  public Batches.Numbered page(Caller caller, int page, int limit) {
    return page(caller, all(), page, limit);
  }

  /** The same of those that a filter of this dialect matches; see {@link #all}. */
  public Batches.Numbered page(Caller caller, BatchFilter filter, int page, int limit) {
    return house.batches().page(caller.account(), filter, page, limit);
  }

  /** Matches every batch of this dialect. */
  public BatchFilter all() {
    return BatchFilter.through(dialect);
  }

  /** Every item of the batch, by ordinal: for batches as small as vendors allow. */
  public List<ItemView> items(Caller caller, UUID batch) {
    List<ItemView> all = new ArrayList<>();
    Optional<Page<ItemView>> page;
    do {
      int after = all.isEmpty() ? -1 : all.getLast().ordinal();
      page = house.items().list(caller.account(), batch, ItemFilter.ALL, after, PAGE);
      page.ifPresent(more -> all.addAll(more.data()));
    } while (page.isPresent() && page.get().more());
    return all;
  }

  /**
   * Cancels the batch; running items finish and are charged, as every vendor has it.
   *
   * @param id as {@link #find} takes it
   */
  public Cancelled cancel(Caller caller, Optional<UUID> id) {
    BatchView batch = find(caller, id);
    CancelOrder order = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);
    return switch (house.engine().cancel(caller, batch.id(), order)) {
      case CancelResult.Fenced(String receipt, boolean first) -> Cancelled.of(receipt, first);
      case CancelResult.AlreadyFinished(BatchState state) -> throw Refusals.finished(state);
      case CancelResult.NoSuchBatch() -> throw Refusals.notFound();
    };
  }

  /**
   * Waits for the end of a small batch, as a client does that asked for one thing and waits for it.
   *
   * @return the batch as it is then; not ended when {@code limit} passed first
   */
  public BatchView awaitEnd(Caller caller, UUID batch, Duration limit) {
    try {
      house
          .patience()
          .await(batch, limit, () -> find(caller, Optional.of(batch)).status().state().finished());
      return find(caller, Optional.of(batch));
    } catch (InterruptedIOException e) {
      throw Problem.of(ProblemCode.UNAVAILABLE, "The server stops; ask again.")
          .withHeader("Retry-After", "1")
          .asException();
    }
  }

  /** Lets the failed items wait again; answers the vendor's words for how many. */
  public Answer retry(
      Request request, Caller caller, Optional<UUID> id, Function<Integer, Answer> answer) {
    return retry(request, caller, find(caller, id), Optional.empty(), answer);
  }

  /**
   * The same of a batch that was found.
   *
   * @param confided options to be given to it anew, see {@link #seal}; without them its items run
   *     with what it has, as vendors have it, also where that is nothing any more
   */
  public Answer retry(
      Request request,
      Caller caller,
      BatchView batch,
      Optional<JsonNode> confided,
      Function<Integer, Answer> answer) {
    AtomicReference<Answer> answered = new AtomicReference<>();
    Retrial terms =
        confided.map(this::seal).<Retrial>map(Retrial.With::new).orElseGet(Retrial.Without::new);
    Refusals.unlessDone(
        house
            .engine()
            .retry(
                caller,
                batch.id(),
                terms,
                (tx, done) -> {
                  answered.set(answer.apply(done.items()));
                  request.remember(tx, answered.get());
                }));
    return answered.get();
  }

  /**
   * Options as {@link io.headgate.engine.NewBatch.Origin} takes those that nobody may find later:
   * the processor gets them beside the others, and they are wiped when the batch ends.
   */
  public String seal(JsonNode options) {
    return house.confided().seal(options);
  }

  /**
   * Which of these URLs have an address that this server does not fetch from, as far as that is
   * known within two seconds. The fetch checks again.
   */
  public Set<String> refusedTargets(Collection<Target.Url> urls) {
    try {
      return house
          .targets()
          .refusedHosts(urls.stream().map(Target.Url::host).toList(), PATIENCE_WITH_NAMES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while names were resolved", e);
    }
  }

  /** A signed address of an item's artifact, where this client reaches the house. */
  public String link(Request request, UUID batch, int ordinal, String artifact) {
    return house.links().url(new Links.Target(batch, ordinal, artifact), request.baseUrl());
  }

  /** What came through these doors, day by day. */
  public List<Usage.Day> usage(Caller caller, Set<String> doors, LocalDate from) {
    return house.usage().since(caller.account(), doors, from);
  }

  /** The day it is, in UTC. */
  public LocalDate today() {
    return LocalDate.ofInstant(house.clock().instant(), ZoneOffset.UTC);
  }
}
