package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs the items of one kind and returns the outcome of each attempt. The engine decides whether an
 * outcome means a retry, a refund or the end of the item.
 *
 * <p>Implementations must be safe for use by many virtual threads.
 */
public interface Processor {

  /** The name in {@code processor} of a batch, in lower case. */
  String name();

  /** The price of one succeeded item, in credits; 1 by default. */
  default long creditsPerItem() {
    return 1;
  }

  /** True when remote workers run the items instead of server nodes. */
  default boolean remote() {
    return false;
  }

  /**
   * The number of items that one node runs at once, however many slots are free. Further items stay
   * unclaimed, where a cancel stops them and accounts take turns. For processors that share a
   * scarce resource.
   */
  default int maxConcurrentItems() {
    return Integer.MAX_VALUE;
  }

  /** What this machine lacks to run the items, for the operator; empty when it is ready. */
  default List<String> missingRequirements() {
    return List.of();
  }

  /** Restrictions on this machine and their reasons, as sentences for the operator. */
  default List<String> restrictions() {
    return List.of();
  }

  /** JSON Schema of a batch's {@code options}; any object by default. */
  default JsonNode optionsSchema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  /** JSON Schema of an item's {@code input}; any JSON by default. */
  default JsonNode inputSchema() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The violations of a batch's options. Fields have no leading {@code options.}. */
  default List<Violation> checkOptions(JsonNode options) {
    return List.of();
  }

  /**
   * Resolves the options for storage: references to things that may change later are fixed to their
   * current version. Called once per submit, after {@link #checkOptions}; may read the database.
   *
   * @param account the owner of the batch; things of other accounts are unknown
   */
  default OptionsResolution resolveOptions(UUID account, JsonNode options) {
    return new OptionsResolution.ResolvedOptions(options);
  }

  /**
   * The violations of an item's input. Fields have no leading {@code input.}. Called once per item
   * of a submit, so it must be cheap and must not do I/O.
   */
  default List<Violation> checkInput(JsonNode input, JsonNode options) {
    return List.of();
  }

  /**
   * Runs one attempt on its own thread. An interrupt asks the attempt to stop: it must let the
   * {@link InterruptedException} propagate. Any other exception counts as a failure that may be
   * retried.
   *
   * @throws Exception when the attempt fails; the message is shown to the client
   */
  Outcome run(Input input, Attempt attempt) throws Exception;
}
