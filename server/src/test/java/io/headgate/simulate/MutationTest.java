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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutates the engine in many ways; the simulation must detect each mutation within some seeds. */
class MutationTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 60;

  /** Java and PostgreSQL alternate in each worker, so two workers use two processors. */
  private static final int LANES = 2;

  private static final Map<String, String> caught = new ConcurrentSkipListMap<>();
  private static final Map<Mutation, Future<Verdict>> verdicts = new HashMap<>();
  private static final BlockingQueue<Database> databases = new ArrayBlockingQueue<>(LANES);
  private static final ExecutorService lanes =
      Executors.newFixedThreadPool(LANES, Thread.ofPlatform().name("mutations-", 0).factory());

  /**
   * The result for one mutation.
   *
   * @param edits the number of places changed
   * @param by the violated law with seed and step; empty when no law was violated
   */
  private record Verdict(int edits, String by) {}

  /** Starts all mutations; each test waits for the result of its own. */
  @BeforeAll
  static void open() {
    for (int i = 0; i < LANES; i++) {
      databases.add(TestPostgres.database());
    }
    Mutation.ALL.forEach(each -> verdicts.put(each, lanes.submit(() -> judge(each))));
  }

  @AfterAll
  static void tell() {
    lanes.close();
    databases.forEach(Database::close);
    System.out.println("An engine that ... | violates the law | seed | step");
    caught.forEach((broken, by) -> System.out.println(broken + " | " + by));
  }

  static List<Mutation> mutations() {
    return Mutation.ALL;
  }

  @ParameterizedTest(name = "an engine that {0}")
  @MethodSource("mutations")
  void is_caught(Mutation mutation) throws Exception {
    Verdict verdict = Objects.requireNonNull(verdicts.get(mutation)).get();
    assertThat(verdict.edits()).as("%s: the code has no such pattern", mutation).isPositive();
    assertThat(verdict.by()).as("%s: no law is violated", mutation).isNotEmpty();
    caught.put(mutation.sentence(), verdict.by());
  }

  private static Verdict judge(Mutation mutation) throws InterruptedException {
    Database database = databases.take();
    try (BrokenHouse house = new BrokenHouse(mutation, database.address())) {
      if (house.edits() == 0) {
        return new Verdict(0, "");
      }
      return new Verdict(
          house.edits(),
          LongStream.rangeClosed(1, SEEDS)
              .mapToObj(seed -> house.play(seed, STEPS))
              .flatMap(MutationTest::breach)
              .findFirst()
              .orElse(""));
    } finally {
      databases.add(database);
    }
  }

  private static Stream<String> breach(History history) {
    History.Breach breach = history.breach();
    return breach == null
        ? Stream.empty()
        : Stream.of("%s | %d | %d".formatted(told(breach), history.seed(), breach.step()));
  }

  /** Adds the name of the constraint when the schema refused the change. */
  private static String told(History.Breach breach) {
    return breach.law().startsWith("the schema")
        ? breach.law() + ": " + breach.detail().split(":", 2)[0]
        : breach.law();
  }

  @Test
  void the_engine_as_it_is_is_not() {
    try (Database database = TestPostgres.database();
        BrokenHouse house = new BrokenHouse(null, database.address())) {
      for (long seed = 1; seed <= 3; seed++) {
        History history = house.play(seed, STEPS);
        assertThat(history.breach()).as(history.toString()).isNull();
      }
    }
  }
}
