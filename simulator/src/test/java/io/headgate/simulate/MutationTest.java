package io.headgate.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutates the engine in many ways; the simulation must detect each mutation within some seeds. */
@Tag("slow")
class MutationTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 60;

  /** Java and PostgreSQL alternate in each worker, so two workers use two processors. */
  private static final int WORKERS = 2;

  private static final Map<String, String> caught = new ConcurrentSkipListMap<>();
  private static final Map<Mutation, Future<MutationResult>> results = new HashMap<>();
  private static final BlockingQueue<Database> databases = new ArrayBlockingQueue<>(WORKERS);
  private static final ExecutorService workers =
      Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().name("mutations-", 0).factory());

  /**
   * The result for one mutation.
   *
   * @param edits the number of places changed
   * @param violatedLaw the violated law with seed and step; empty when no law was violated
   */
  private record MutationResult(int edits, String violatedLaw) {}

  /** Starts all mutations; each test waits for the result of its own. */
  @BeforeAll
  static void open() {
    for (int i = 0; i < WORKERS; i++) {
      databases.add(TestPostgres.database());
    }
    Mutation.ALL.forEach(each -> results.put(each, workers.submit(() -> runMutation(each))));
  }

  @AfterAll
  static void printCaught() {
    workers.close();
    databases.forEach(Database::close);
    System.out.println("An engine that ... | violates the law | seed | step");
    caught.forEach((sentence, by) -> System.out.println(sentence + " | " + by));
  }

  static List<Mutation> mutations() {
    return Mutation.ALL;
  }

  @ParameterizedTest(name = "an engine that {0}")
  @MethodSource("mutations")
  void is_detected(Mutation mutation) throws Exception {
    MutationResult result = Objects.requireNonNull(results.get(mutation)).get();
    assertThat(result.edits()).as("%s: the code has no such pattern", mutation).isPositive();
    assertThat(result.violatedLaw()).as("%s: no law is violated", mutation).isNotEmpty();
    caught.put(mutation.sentence(), result.violatedLaw());
  }

  private static MutationResult runMutation(Mutation mutation) throws InterruptedException {
    Database database = databases.take();
    try (MutatedEngine engine = new MutatedEngine(mutation, database.address())) {
      if (engine.edits() == 0) {
        return new MutationResult(0, "");
      }
      return new MutationResult(
          engine.edits(),
          LongStream.rangeClosed(1, SEEDS)
              .mapToObj(seed -> engine.play(seed, STEPS))
              .flatMap(MutationTest::breach)
              .findFirst()
              .orElse(""));
    } finally {
      databases.add(database);
    }
  }

  private static Stream<String> breach(SimulationHistory history) {
    SimulationHistory.Breach breach = history.breach();
    return breach == null
        ? Stream.empty()
        : Stream.of("%s | %d | %d".formatted(describe(breach), history.seed(), breach.step()));
  }

  /** Adds the name of the constraint when the schema refused the change. */
  private static String describe(SimulationHistory.Breach breach) {
    return breach.law().startsWith("the schema")
        ? breach.law() + ": " + breach.detail().split(":", 2)[0]
        : breach.law();
  }

  @Test
  void the_unchanged_engine_violates_no_law() {
    try (Database database = TestPostgres.database();
        MutatedEngine engine = new MutatedEngine(null, database.address())) {
      for (long seed = 1; seed <= 3; seed++) {
        SimulationHistory history = engine.play(seed, STEPS);
        assertThat(history.breach()).as(history.toString()).isNull();
      }
    }
  }
}
