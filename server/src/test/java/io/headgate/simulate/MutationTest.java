package io.headgate.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks the engine in many ways: the simulation must catch each of them within some seeds. */
class MutationTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 60;

  private static final Map<String, String> caught = new ConcurrentSkipListMap<>();
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestPostgres.database();
  }

  @AfterAll
  static void tell() {
    database.close();
    System.out.println("An engine that ... | is caught by the law | seed | step");
    caught.forEach((broken, by) -> System.out.println(broken + " | " + by));
  }

  static List<Mutation> mutations() {
    return Mutation.ALL;
  }

  @ParameterizedTest(name = "an engine that {0}")
  @MethodSource("mutations")
  void is_caught(Mutation mutation) {
    try (BrokenHouse house = new BrokenHouse(mutation, database.address())) {
      assertThat(house.edits()).as("%s: nothing left to change", mutation).isPositive();
      String by =
          LongStream.rangeClosed(1, SEEDS)
              .mapToObj(seed -> house.play(seed, STEPS))
              .flatMap(MutationTest::breach)
              .findFirst()
              .orElse("");
      assertThat(by).as("%s: no law is broken", mutation).isNotEmpty();
      caught.put(mutation.sentence(), by);
    }
  }

  private static Stream<String> breach(History history) {
    History.Breach breach = history.breach();
    return breach == null
        ? Stream.empty()
        : Stream.of("%s | %d | %d".formatted(told(breach), history.seed(), breach.step()));
  }

  /** Which constraint it was, where the schema refused before a law could. */
  private static String told(History.Breach breach) {
    return breach.law().startsWith("the schema")
        ? breach.law() + ": " + breach.detail().split(":", 2)[0]
        : breach.law();
  }

  @Test
  void the_engine_as_it_is_is_not() {
    try (BrokenHouse house = new BrokenHouse(null, database.address())) {
      for (long seed = 1; seed <= 3; seed++) {
        History history = house.play(seed, STEPS);
        assertThat(history.breach()).as(history.toString()).isNull();
      }
    }
  }
}
