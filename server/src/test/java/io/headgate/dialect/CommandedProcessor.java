package io.headgate.dialect;

import io.headgate.Await;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the place of a built-in processor, and ends each item when and as the test says. */
public final class CommandedProcessor implements Processor {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private record CommandedItem(UUID batch, int ordinal) {}

  private final String name;
  private final IntFunction<ObjectNode> output;
  private final Set<CommandedItem> started = ConcurrentHashMap.newKeySet();
  private final Map<CommandedItem, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();
  private final Map<UUID, String> options = new ConcurrentHashMap<>();

  /**
   * Creates a processor whose items succeed with the output of {@code scrape}.
   *
   * @param name of the built-in processor that it replaces
   */
  public CommandedProcessor(String name) {
    this(name, CommandedProcessor::scrapeOutput);
  }

  /**
   * Creates a processor.
   *
   * @param name of the built-in processor that it replaces
   * @param output of an item that succeeds, by its ordinal
   */
  public CommandedProcessor(String name, IntFunction<ObjectNode> output) {
    this.name = name;
    this.output = output;
  }

  private static ObjectNode scrapeOutput(int ordinal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("final_url", "http://127.0.0.1/")
        .put("title", "T" + ordinal)
        .put("content", "# Page " + ordinal);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long creditsPerItem() {
    return 2;
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws Exception {
    CommandedItem item = new CommandedItem(input.batchId(), input.ordinal());
    options.put(input.batchId(), input.options().toString());
    started.add(item);
    try {
      return outcome(item).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Outcome> outcome(CommandedItem item) {
    return outcomes.computeIfAbsent(item, _ -> new CompletableFuture<>());
  }

  /** The ordinals of the items that have started. */
  public Set<Integer> started(UUID batch) {
    return started.stream()
        .filter(item -> item.batch().equals(batch))
        .map(CommandedItem::ordinal)
        .collect(Collectors.toSet());
  }

  /** The options that the latest attempt received. */
  public String options(UUID batch) {
    return options.getOrDefault(batch, "none");
  }

  public void awaitStarted(UUID batch, int items) {
    Await.until(items + " items run", TIMEOUT, () -> started(batch).size() == items);
  }

  public void succeed(UUID batch, int ordinal) {
    outcome(new CommandedItem(batch, ordinal))
        .complete(new Outcome.Succeeded(output.apply(ordinal)));
  }

  public void fail(UUID batch, int ordinal) {
    outcome(new CommandedItem(batch, ordinal))
        .complete(Outcome.Failed.permanent("http-status", "the page answered 404"));
  }

  /** Forgets the end and the start of an item, so that it can be retried. */
  public void forget(UUID batch, int ordinal) {
    outcomes.remove(new CommandedItem(batch, ordinal));
    started.remove(new CommandedItem(batch, ordinal));
  }
}
