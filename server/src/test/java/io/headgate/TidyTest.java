package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits on the size of files and methods, checked in all modules, tests included. */
class TidyTest {

  private static final int FILE_LINES = 400;
  private static final int MAIN_LINES = 120;
  private static final int METHOD_LINES = 40;
  private static final double AVERAGE_METHOD_LINES = 8.0;
  private static final int PARAMETERS = 5;
  private static final int CONSTRUCTOR_PARAMETERS = 7;

  /** Each written in two parts, so that this file does not contain them. */
  private static final List<String> UNWANTED =
      List.of("TO" + "DO", "FIX" + "ME", "Thread." + "sleep", "@Dis" + "abled");

  /**
   * Files that may sleep: a client before it reconnects, and a demo site that is slow on purpose.
   */
  private static final List<String> SLEEPERS = List.of("LongAnswer.java", "DemoSite.java");

  private static final List<SourceFile> HOUSE = sources();

  @Test
  void every_source_file_keeps_to_the_numbers() {
    assertThat(HOUSE.stream().flatMap(file -> offences(file).stream())).isEmpty();
  }

  @Test
  void methods_are_short_on_average() {
    double average =
        HOUSE.stream()
            .flatMap(file -> file.methods().stream())
            .mapToInt(SourceFile.Method::lines)
            .filter(lines -> lines > 0)
            .average()
            .orElseThrow();

    assertThat(average).isLessThanOrEqualTo(AVERAGE_METHOD_LINES);
  }

  @Test
  void every_package_says_what_it_is_about() {
    List<Path> silent =
        HOUSE.stream()
            .map(file -> file.path().getParent())
            .distinct()
            .filter(folder -> !described(folder))
            .toList();

    assertThat(silent).isEmpty();
  }

  @Test
  void every_file_of_the_house_is_read() {
    assertThat(HOUSE)
        .hasSizeGreaterThan(300)
        .anyMatch(file -> file.path().endsWith("Lifecycle.java"));
  }

  @Test
  void a_file_of_401_lines_is_seen() {
    assertThat(offences(file("A.java", "//\n".repeat(400)))).isEmpty();
    assertThat(offences(file("A.java", "//\n".repeat(401)))).hasSize(1);
  }

  @Test
  void a_main_of_121_lines_is_seen() {
    assertThat(offences(file("Main.java", "//\n".repeat(120)))).isEmpty();
    assertThat(offences(file("Main.java", "//\n".repeat(121)))).hasSize(1);
  }

  @Test
  void a_method_of_41_lines_is_seen() {
    assertThat(offences(method("void a() {\n" + "// \n".repeat(38) + "}"))).isEmpty();
    assertThat(offences(method("void a() {\n" + "// \n".repeat(39) + "}"))).hasSize(1);
  }

  @Test
  void a_sixth_parameter_is_seen_unless_the_shape_is_imposed() {
    String six = "int a, int b, int c, int d, int e, int f";

    assertThat(offences(method("void a(int a, int b, int c, int d, int e) {}"))).isEmpty();
    assertThat(offences(method("void a(" + six + ") {}"))).hasSize(1);
    assertThat(offences(method("@Override void a(" + six + ") {}"))).isEmpty();
  }

  @Test
  void an_eighth_parameter_of_a_constructor_is_seen_unless_it_is_a_record() {
    String seven = "int a, int b, int c, int d, int e, int f, int g";

    assertThat(offences(file("A.java", "class A { A(" + seven + ") {} }"))).isEmpty();
    assertThat(offences(file("A.java", "class A { A(" + seven + ", int h) {} }"))).hasSize(1);
    assertThat(offences(file("A.java", "record A(" + seven + ", int h) { A {} }"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void an_unwanted_word_is_seen(int word) {
    assertThat(offences(file("A.java", "// " + UNWANTED.get(word) + "\n"))).hasSize(1);
  }

  private static List<String> offences(SourceFile file) {
    List<String> offences = new ArrayList<>();
    int most = file.path().endsWith("Main.java") ? MAIN_LINES : FILE_LINES;
    if (file.lines() > most) {
      offences.add("%s has %d lines".formatted(file.path(), file.lines()));
    }
    file.methods().forEach(method -> check(file, method, offences));
    UNWANTED.stream()
        .filter(word -> file.text().contains(word))
        .filter(
            word -> !(word.endsWith("sleep") && SLEEPERS.stream().anyMatch(file.path()::endsWith)))
        .forEach(word -> offences.add("%s contains %s".formatted(file.path(), word)));
    return offences;
  }

  private static void check(SourceFile file, SourceFile.Method method, List<String> offences) {
    if (method.lines() > METHOD_LINES) {
      offences.add("%s: %s has %d lines".formatted(file.path(), method.name(), method.lines()));
    }
    int most = method.constructor() ? CONSTRUCTOR_PARAMETERS : PARAMETERS;
    if (method.parameters() > most && !method.imposed()) {
      offences.add(
          "%s: %s has %d parameters".formatted(file.path(), method.name(), method.parameters()));
    }
  }

  /** Whether the package, or the main package of the same name, has a package-info.java. */
  private static boolean described(Path folder) {
    Path main = Path.of(folder.toString().replace("/src/test/java/", "/src/main/java/"));
    return Stream.of(folder, main)
        .anyMatch(place -> Files.exists(place.resolve("package-info.java")));
  }

  private static List<SourceFile> sources() {
    return Stream.of("client", "server", "cli", "bench", "pages")
        .flatMap(module ->
            Stream.of("main", "test", "peer").map(part -> Path.of("..", module, "src", part)))
        .filter(Files::exists)
        .flatMap(TidyTest::javaFiles)
        .map(SourceFile::read)
        .toList();
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceFile file(String name, String text) {
    return SourceFile.of(Path.of(name), text);
  }

  private static SourceFile method(String text) {
    return file("A.java", "class A {\n" + text + "\n}\n");
  }
}
