package io.headgate.node;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.artifact.Artifacts;
import io.headgate.engine.EngineFixture;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The parts of one node on a real engine, whose rounds the test runs one by one. */
final class NodeFixture implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(20);

  /** What an attempt does. */
  interface AttemptScript {
    Outcome run(Input input, Attempt attempt) throws Exception;
  }

  /** Runs the items of the engine fixture's batches as the test says. */
  private final class ScriptedProcessor implements Processor {

    @Override
    public String name() {
      return "noop";
    }

    @Override
    public int maxConcurrentItems() {
      return places;
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws Exception {
      return script.run(input, attempt);
    }
  }

  final EngineFixture engine = new EngineFixture();
  final List<String> failures = new CopyOnWriteArrayList<>();
  final NodeHealth health = new NodeHealth((part, cause) -> failures.add(part));
  final Slots slots;
  final ClusterMembership membership;
  final ExchangeLoop exchange;
  final AttemptStarter starter;
  final AttemptSupervisor supervisor;
  final Heartbeat heartbeat;
  final Path scratch;
  volatile AttemptScript script = (input, attempt) -> new Outcome.Succeeded(input.input());
  volatile int places = Integer.MAX_VALUE;

  NodeFixture(int total) {
    Processors processors = new Processors(List.of(new ScriptedProcessor()));
    scratch = folder("scratch");
    slots = new Slots(total);
    membership = new ClusterMembership(engine.engine, "tested", total, processors::ready);
    exchange = new ExchangeLoop(engine.engine, slots, processors, engine.clock, membership, health);
    starter =
        new AttemptStarter(
            new LoadedItemStore(engine.database),
            processors,
            slots,
            engine.clock,
            new io.headgate.node.AttemptFiles(new ScratchFolders(scratch), artifacts()));
    supervisor = new AttemptSupervisor(engine.engine, slots, engine.clock);
    heartbeat = new Heartbeat(membership, slots, health);
  }

  private Artifacts artifacts() {
    return new Artifacts(
        engine.database,
        engine.clock,
        new ArtifactStorage.Folder(folder("artifacts")),
        new Artifacts.ArtifactLimits(1_000, 1));
  }

  private static Path folder(String name) {
    try {
      return Files.createTempDirectory(Path.of("target"), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One exchange, and everything that it claimed is started. */
  void claimAndStart() {
    try {
      exchange.runOnce();
      starter.runOnce();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void exchange() {
    try {
      exchange.runOnce();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until every attempt has ended. */
  void awaitIdle() {
    try {
      if (!slots.awaitIdle(LONG)) {
        throw new IllegalStateException("still running: " + slots.running().size());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims, runs and settles what there is. */
  void runAll() {
    claimAndStart();
    awaitIdle();
    exchange();
  }

  /** A batch whose items are tried once. */
  UUID submitOnce(int items) {
    return engine.submit(
        engine.caller, items, engine.with(limits -> EngineFixture.attempts(limits, 1)));
  }

  /** Outcome and error code of the results of a batch, by ordinal. */
  List<String> results(UUID batch) {
    return new ArrayList<>(
        engine.database.<List<String>>read(tx ->
            tx.query(
                    """
                    select outcome || coalesce(' ' || error_code, '')
                    from result where batch_id = :batch order by ordinal, attempt
                    """)
                .bind("batch", batch)
                .mapTo(String.class)
                .list()));
  }

  /** How many items of a batch are claimed, on all nodes. */
  long claimed(UUID batch) {
    return engine.database.read(tx ->
        tx.query(
                "select coalesce(sum(cardinality(ordinals)), 0) from claim where batch_id = :batch")
            .bind("batch", batch)
            .mapTo(Long.class)
            .one());
  }

  @Override
  public void close() {
    engine.close();
  }
}
