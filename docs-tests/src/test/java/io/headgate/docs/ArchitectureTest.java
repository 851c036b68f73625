package io.headgate.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code has the structure that ARCHITECTURE.md shows. */
class ArchitectureTest {

  private static final int PACKAGES_PER_MODULE = 12;
  private static final String ROOT_PACKAGE = "io.headgate";

  private static final ArchitectureTable TABLE = ArchitectureTable.read();

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(TABLE.modules().stream().map(Module::classes).toList());

  @Test
  void a_package_depends_only_on_what_its_row_allows() {
    Set<String> offences = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (isOurs(target) && !allowed(below(type), below(target))) {
          offences.add("%s uses %s: %s".formatted(below(type), below(target), type.getName()));
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  @Test
  void every_package_has_a_row_in_the_module_that_holds_it() {
    Set<String> missing = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      boolean found =
          TABLE
              .row(below(type))
              .filter(row -> Files.isDirectory(Module.source(row.module(), type.getPackageName())))
              .isPresent();
      if (!found) {
        missing.add(type.getPackageName());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_row_names_a_package_and_uses_rows_of_the_table() {
    Set<String> packages =
        CLASSES.stream().map(ArchitectureTest::below).collect(Collectors.toSet());
    Set<String> names =
        TABLE.rows().stream().map(ArchitectureTable.Row::name).collect(Collectors.toSet());
    for (ArchitectureTable.Row row : TABLE.rows()) {
      assertThat(packages).as("packages of the code").contains(row.name());
      assertThat(names).as("rows used by " + row.name()).containsAll(row.uses());
    }
  }

  @Test
  void a_module_has_at_most_twelve_packages() {
    for (String module : TABLE.modules()) {
      Set<String> packages =
          new ClassFileImporter()
              .importPath(Module.classes(module)).stream()
                  .map(type -> below(type).split("\\.", -1)[0])
                  .collect(Collectors.toSet());
      assertThat(packages).as(module).hasSizeLessThanOrEqualTo(PACKAGES_PER_MODULE);
    }
  }

  @Test
  void the_drawing_of_the_modules_is_what_maven_enforces() {
    Set<ArchitectureTable.Arrow> inPoms =
        TABLE.modules().stream()
            .flatMap(module ->
                Module.uses(module).stream().map(to -> new ArchitectureTable.Arrow(module, to)))
            .collect(Collectors.toSet());
    assertThat(TABLE.arrows()).isEqualTo(inPoms);
  }

  @Test
  void no_two_packages_depend_on_each_other() {
    check(slices().matching("io.headgate.(**)").should().beFreeOfCycles());
  }

  @Test
  void no_processor_no_dialect_and_no_subject_of_the_api_depends_on_another() {
    check(slices().matching("io.headgate.processor.(*)..").should().notDependOnEachOther());
    check(slices().matching("io.headgate.dialect.(*)..").should().notDependOnEachOther());
    check(slices().matching("io.headgate.api.(*)..").should().notDependOnEachOther());
  }

  @Test
  void only_the_http_package_uses_the_web_server() {
    onlyIn(List.of("io.headgate.http.."), "io.helidon..");
  }

  @Test
  void only_packages_that_visit_pages_use_playwright() {
    onlyIn(
        List.of(
            "io.headgate.browser..",
            "io.headgate.processor.scrape..",
            "io.headgate.processor.render.."),
        "com.microsoft.playwright..");
  }

  @Test
  void apis_and_dialects_run_no_sql() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.headgate.api..", "io.headgate.http..", "io.headgate.dialect..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jdbi..", "org.postgresql.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.headgate.api..", "io.headgate.http..", "io.headgate.dialect..")
            .should()
            .callCodeUnitWhere(
                describe(
                    "runs a statement",
                    call ->
                        Set.of("Tx", "Snapshot").contains(call.getTargetOwner().getSimpleName()))));
  }

  @Test
  void the_nouns_and_expressions_of_templates_do_no_io() {
    check(
        classes()
            .that()
            .resideInAPackage("io.headgate.batch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.headgate.batch..",
                "java.lang..",
                "java.time..",
                "java.util..",
                "org.jspecify..",
                "com.github.f4b6a3.uuid.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.headgate.template.expression..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.sql.."));
  }

  @Test
  void only_the_clock_of_the_database_reads_the_time() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.headgate.bench..", "io.headgate.cli..", "io.headgate.client..")
            .should()
            .callCodeUnitWhere(
                describe("reads this machine's clock", ArchitectureTest::readsTime)));
  }

  @Test
  void no_class_of_the_server_sleeps() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.headgate.bench..", "io.headgate.cli..", "io.headgate.client..")
            .should()
            .callCodeUnitWhere(
                describe("sleeps", call -> isCall(call, "java.lang.Thread", "sleep"))));
  }

  @Test
  void packages_are_named_for_their_subject() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..",
                "..utils..",
                "..common..",
                "..service..",
                "..services..",
                "..impl..",
                "..manager..",
                "..dto..",
                "..model.."));
  }

  private static void onlyIn(List<String> packages, String library) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packages.toArray(String[]::new))
            .and()
            .resideOutsideOfPackage("io.headgate.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static boolean allowed(String from, String to) {
    ArchitectureTable.Row own = TABLE.row(from).orElseThrow();
    ArchitectureTable.Row other = TABLE.row(to).orElseThrow();
    return own.equals(other) || own.uses().contains(other.name());
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT_PACKAGE) || name.startsWith(ROOT_PACKAGE + ".");
  }

  private static String below(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT_PACKAGE) ? "" : name.substring(ROOT_PACKAGE.length() + 1);
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(false).check(CLASSES);
  }

  private static boolean readsTime(JavaCall<?> call) {
    return isCall(call, "java.lang.System", "currentTimeMillis")
        || isCall(call, "java.util.Date", "<init>")
        || (call.getTargetOwner().getPackageName().equals("java.time")
            && (call.getName().equals("now") || call.getName().startsWith("system")));
  }

  private static boolean isCall(JavaCall<?> call, String owner, String name) {
    return call.getTargetOwner().getName().equals(owner) && call.getName().equals(name);
  }

  /** Where a Maven module keeps what these tests read. */
  private static final class Module {

    private Module() {}

    static Path classes(String module) {
      return ArchitectureTable.ROOT.resolve(module).resolve("target/classes");
    }

    static Path source(String module, String packageName) {
      return ArchitectureTable.ROOT
          .resolve(module)
          .resolve("src/main/java")
          .resolve(packageName.replace('.', '/'));
    }

    /** The modules of this project that a module's POM names for more than its tests. */
    static Set<String> uses(String module) {
      return Pom.read(ArchitectureTable.ROOT.resolve(module).resolve("pom.xml")).modules();
    }
  }
}
