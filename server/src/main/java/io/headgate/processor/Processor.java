package io.headgate.processor;

import io.headgate.batch.Violation;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs items of one kind. It says what happened; whether that means a retry, a refund or an end is
 * decided by the engine, never here.
 *
 * <p>Implementations are called from many virtual threads at once.
 */
public interface Processor {

  /** The name batches ask for, lower case. */
  String name();

  /** The price of one succeeded item, in credits; 1 unless it says otherwise. */
  default long creditsPerItem() {
    return 1;
  }

  /** True when remote workers run such items, and no server node does. */
  default boolean remote() {
    return false;
  }

  /**
   * How many items of this kind one node runs at once, however many slots it has free. Those past
   * that wait unclaimed, where a cancel stops them and accounts take turns; for processors that
   * share something scarce.
   */
  default int places() {
    return Integer.MAX_VALUE;
  }

  /** What this machine lacks to run such items, as words for an operator; empty when ready. */
  default List<String> missing() {
    return List.of();
  }

  /** What it can do only in part on this machine, and why: sentences for an operator. */
  default List<String> notes() {
    return List.of();
  }

  /** JSON Schema of a batch's {@code options}; any object unless it says otherwise. */
  default JsonNode optionsSchema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  /** JSON Schema of an item's {@code input}; any JSON unless it says otherwise. */
  default JsonNode inputSchema() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What is wrong with a batch's options, fields without the leading {@code options.}. */
  default List<Violation> checkOptions(JsonNode options) {
    return List.of();
  }

  /**
   * The options as the batch keeps them: what they name and what may change later is fixed as it is
   * now. Called once at the submit, after {@link #checkOptions}; may read the database.
   *
   * @param account whose batch it is; what is another's does not exist
   */
  default Pinned pin(UUID account, JsonNode options) {
    return new Pinned.Options(options);
  }

  /**
   * What is wrong with an item's input, fields without the leading {@code input.}. Called once per
   * line of a submit, so it must be cheap and must not do I/O.
   */
  default List<Violation> checkInput(JsonNode input, JsonNode options) {
    return List.of();
  }

  /**
   * Runs one attempt on its own thread. An interrupt asks it to stop: let the {@link
   * InterruptedException} out. Any other exception counts as a failure that may be retried.
   *
   * @throws Exception what the attempt could not do; its message reaches the client
   */
  Outcome run(Input input, Attempt attempt) throws Exception;
}
