package io.headgate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The project once had a private language. These words of it stay out of identifiers, comments,
 * messages and pages, so that no reader needs a glossary for them.
 */
class VocabularyTest {

  /** In base form; a plural or another form of a verb counts as well where it is listed. */
  private static final Set<String> UNWANTED =
      Set.of(
          "house",
          "houses",
          "room",
          "rooms",
          "door",
          "doors",
          "cellar",
          "desk",
          "desks",
          "den",
          "dens",
          "shelf",
          "shelves",
          "berth",
          "berths",
          "courier",
          "couriers",
          "ear",
          "ears",
          "bell",
          "bells",
          "wish",
          "wishes",
          "sight",
          "sights",
          "manners",
          "grounds",
          "trouble",
          "troubles",
          "stranger",
          "strangers",
          "guest",
          "guests",
          "neighbour",
          "neighbours",
          "chore",
          "chores",
          "upkeep",
          "doom",
          "doomed",
          "conveyor",
          "sieve",
          "handful",
          "confide",
          "confided",
          "confides",
          "confidence",
          "unbegun",
          "tell",
          "tells",
          "told",
          "telling",
          "hear",
          "hears",
          "heard",
          "hearer",
          "hearers",
          "hungry",
          "nobodys",
          "mishap",
          "misread",
          "vault",
          "basket",
          "workshop",
          "rival",
          "rivals",
          "contender",
          "contenders",
          "maker",
          "flaw",
          "flaws",
          "retrial");

  /** Where a word of the list is right: the file's path below the project ends so. */
  private static final Map<String, Set<String>> ALLOWED = Map.of("VocabularyTest.java", UNWANTED);

  private static final Set<String> FOLDERS_LEFT_OUT =
      Set.of("target", ".git", "node_modules", "data");
  private static final Set<String> ENDINGS =
      Set.of(".java", ".md", ".yaml", ".yml", ".sql", ".json", ".xml", ".sh", ".mjs");
  private static final Pattern WORD_END =
      Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  @Test
  void no_file_uses_a_word_of_the_private_language() {
    assertThat(files().flatMap(file -> found(file).stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "final class DialectHouse {}",
        "void tellNobody() {}",
        "// the rooms of the server",
        "| `BERTH_LIMIT` |"
      })
  void a_word_of_the_private_language_is_found(String text) {
    assertThat(unwanted(Path.of("A.java"), text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"headroom()", "// a warehouse", "String bedroomDoorway", "int gear"})
  void a_word_that_only_contains_one_is_not_found(String text) {
    assertThat(unwanted(Path.of("A.java"), text)).isEmpty();
  }

  private static List<String> found(Path file) {
    try {
      return unwanted(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> unwanted(Path file, String text) {
    Set<String> allowed =
        ALLOWED.entrySet().stream()
            .filter(entry -> file.toString().endsWith(entry.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse(Set.of());
    List<String> found = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      for (String word : WORD_END.split(line, -1)) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (UNWANTED.contains(lower) && !allowed.contains(lower)) {
          found.add("%s:%d: %s in: %s".formatted(file, number, word, line.strip()));
        }
      }
    }
    return found;
  }

  private static Stream<Path> files() {
    try (Stream<Path> all = Files.walk(ArchitectureTable.ROOT)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .filter(file -> FOLDERS_LEFT_OUT.stream().noneMatch(folder -> below(file, folder)))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean below(Path file, String folder) {
    for (Path part : file) {
      if (part.toString().equals(folder)) {
        return true;
      }
    }
    return false;
  }
}
