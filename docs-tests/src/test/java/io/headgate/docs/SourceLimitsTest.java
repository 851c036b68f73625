package io.headgate.docs;

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
class SourceLimitsTest {

  private static final int FILE_LINES = 300;
  private static final int MAIN_LINES = 120;
  private static final int METHOD_LINES = 40;
  private static final double AVERAGE_METHOD_LINES = 8.0;
  private static final int PARAMETERS = 5;
  private static final int CONSTRUCTOR_PARAMETERS = 7;

  /** Each written in two parts, so that this file does not contain them. */
  private static final List<String> FORBIDDEN_TEXTS =
      List.of("TO" + "DO", "FIX" + "ME", "Thread." + "sleep", "@Dis" + "abled");

  /**
   * Files that may sleep: a client before it reconnects, and a demo site that is slow on purpose.
   */
  private static final List<String> MAY_SLEEP = List.of("ResumableStream.java", "DemoSite.java");

  private static final List<String> MODULES =
      List.of(
          "client", "engine", "processors", "server", "simulator", "cli", "bench", "docs-tests");

  private static final List<SourceFile> SOURCES = sources();

  @Test
  void every_source_file_respects_the_limits() {
    assertThat(SOURCES.stream().flatMap(file -> violations(file).stream())).isEmpty();
  }

  @Test
  void methods_are_short_on_average() {
    double average =
        SOURCES.stream()
            .flatMap(file -> file.methods().stream())
            .mapToInt(SourceFile.SourceMethod::lines)
            .filter(lines -> lines > 0)
            .average()
            .orElseThrow();

    assertThat(average).isLessThanOrEqualTo(AVERAGE_METHOD_LINES);
  }

  @Test
  void every_package_has_a_package_info() {
    List<Path> withoutPackageInfo =
        SOURCES.stream()
            .map(file -> file.path().getParent())
            .distinct()
            .filter(folder -> !hasPackageInfo(folder))
            .toList();

    assertThat(withoutPackageInfo).isEmpty();
  }

  @Test
  void all_modules_are_checked() {
    assertThat(SOURCES)
        .hasSizeGreaterThan(300)
        .anyMatch(file -> file.path().endsWith("Lifecycle.java"));
  }

  @Test
  void a_file_with_too_many_lines_is_reported() {
    assertThat(violations(file("A.java", "//\n".repeat(300)))).isEmpty();
    assertThat(violations(file("A.java", "//\n".repeat(301)))).hasSize(1);
  }

  @Test
  void a_main_with_too_many_lines_is_reported() {
    assertThat(violations(file("Main.java", "//\n".repeat(120)))).isEmpty();
    assertThat(violations(file("Main.java", "//\n".repeat(121)))).hasSize(1);
  }

  @Test
  void a_method_with_too_many_lines_is_reported() {
    assertThat(violations(method("void a() {\n" + "// \n".repeat(38) + "}"))).isEmpty();
    assertThat(violations(method("void a() {\n" + "// \n".repeat(39) + "}"))).hasSize(1);
  }

  @Test
  void a_sixth_parameter_is_reported_unless_the_method_overrides_another() {
    String six = "int a, int b, int c, int d, int e, int f";

    assertThat(violations(method("void a(int a, int b, int c, int d, int e) {}"))).isEmpty();
    assertThat(violations(method("void a(" + six + ") {}"))).hasSize(1);
    assertThat(violations(method("@Override void a(" + six + ") {}"))).isEmpty();
  }

  @Test
  void an_eighth_parameter_of_a_constructor_is_reported_unless_it_is_a_record() {
    String seven = "int a, int b, int c, int d, int e, int f, int g";

    assertThat(violations(file("A.java", "class A { A(" + seven + ") {} }"))).isEmpty();
    assertThat(violations(file("A.java", "class A { A(" + seven + ", int h) {} }"))).hasSize(1);
    assertThat(violations(file("A.java", "record A(" + seven + ", int h) { A {} }"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void a_forbidden_text_is_reported(int index) {
    assertThat(violations(file("A.java", "// " + FORBIDDEN_TEXTS.get(index) + "\n"))).hasSize(1);
  }

  private static List<String> violations(SourceFile file) {
    List<String> violations = new ArrayList<>();
    int maxLines = file.path().endsWith("Main.java") ? MAIN_LINES : FILE_LINES;
    if (file.lines() > maxLines) {
      violations.add("%s has %d lines".formatted(file.path(), file.lines()));
    }
    file.methods().forEach(method -> check(file, method, violations));
    FORBIDDEN_TEXTS.stream()
        .filter(text -> file.text().contains(text))
        .filter(
            text -> !(text.endsWith("sleep") && MAY_SLEEP.stream().anyMatch(file.path()::endsWith)))
        .forEach(text -> violations.add("%s contains %s".formatted(file.path(), text)));
    return violations;
  }

  private static void check(
      SourceFile file, SourceFile.SourceMethod method, List<String> violations) {
    if (method.lines() > METHOD_LINES) {
      violations.add("%s: %s has %d lines".formatted(file.path(), method.name(), method.lines()));
    }
    int maxParameters = method.constructor() ? CONSTRUCTOR_PARAMETERS : PARAMETERS;
    if (method.parameters() > maxParameters && !method.parametersGiven()) {
      violations.add(
          "%s: %s has %d parameters".formatted(file.path(), method.name(), method.parameters()));
    }
  }

  /** Whether the package is described where it is, or in the main code of a module. */
  private static boolean hasPackageInfo(Path folder) {
    String packagePath = folder.toString().replaceFirst(".*/src/[^/]+/java/", "");
    return Stream.concat(
            Stream.of(folder),
            MODULES.stream()
                .map(module -> Path.of("..", module, "src", "main", "java", packagePath)))
        .anyMatch(directory -> Files.exists(directory.resolve("package-info.java")));
  }

  private static List<SourceFile> sources() {
    return MODULES.stream()
        .map(module -> Path.of("..", module, "src"))
        .filter(Files::exists)
        .flatMap(SourceLimitsTest::javaFiles)
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
