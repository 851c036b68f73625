package io.headgate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which package may depend on which, and what no package may do. See ARCHITECTURE.md. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  private static final Set<String> STATEMENTS =
      Set.of("io.headgate.db.Tx", "io.headgate.db.Snapshot");

  @Test
  void batch_depends_on_no_other_package() {
    check(
        classes()
            .that()
            .resideInAPackage("io.headgate.batch..")
            .should()
            .onlyDependOnClassesThat(
                inPackages(
                    "io.headgate.batch..",
                    "java.lang..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "com.github.f4b6a3.uuid..")));
  }

  @Test
  void processors_depend_only_on_their_contract_batch_and_outbound_access() {
    check(
        mayDependOn(
            "processor",
            "processor",
            "batch",
            "outbound",
            "browser",
            "extract",
            "template",
            "text"));
  }

  @Test
  void templates_depend_only_on_batch_and_db_and_expressions_are_pure() {
    check(mayDependOn("template", "template", "batch", "db"));
    check(
        classes()
            .that()
            .resideInAPackage("io.headgate.template.expression..")
            .should()
            .onlyDependOnClassesThat(
                inPackages(
                    "io.headgate.template.expression..",
                    "java.lang..",
                    "java.math..",
                    "java.text..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "tools.jackson..")));
  }

  @Test
  void only_browser_packages_depend_on_playwright() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.headgate.browser..",
                "io.headgate.processor.scrape..",
                "io.headgate.processor.render..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.microsoft.playwright.."));
  }

  @Test
  void processors_do_not_depend_on_each_other() {
    check(slices().matching("io.headgate.processor.(*)..").should().notDependOnEachOther());
  }

  @Test
  void lower_packages_do_not_depend_on_higher_ones() {
    check(mayDependOn("text", "text"));
    check(mayDependOn("db", "db"));
    check(mayDependOn("crypto", "crypto"));
    check(mayDependOn("outbound", "outbound"));
    check(mayDependOn("artifact", "artifact", "db"));
    check(mayDependOn("browser", "browser", "outbound"));
    check(mayDependOn("config", "config", "artifact", "db", "text"));
    check(mayDependOn("extract", "extract", "text"));
    check(mayDependOn("credit", "credit", "batch", "db"));
  }

  @Test
  void the_engine_depends_only_on_batch_credits_and_the_database() {
    check(mayDependOn("engine", "engine", "batch", "credit", "crypto", "db"));
  }

  @Test
  void webhooks_depend_only_on_batch_the_database_and_outbound_access() {
    check(mayDependOn("webhook", "webhook", "batch", "crypto", "db", "outbound"));
  }

  @Test
  void only_the_command_depends_on_the_simulation() {
    check(mayDependOn("simulate", "simulate", "batch", "credit", "engine", "webhook", "audit", "db"));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.headgate", "io.headgate.simulate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headgate.simulate.."));
  }

  @Test
  void only_http_depends_on_helidon() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.headgate.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon.."));
  }

  @Test
  void only_processors_of_pages_depend_on_playwright() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.headgate.browser..",
                "io.headgate.processor.scrape..",
                "io.headgate.processor.render..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.microsoft.playwright.."));
  }

  @Test
  void apis_run_no_sql() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.headgate.api..", "io.headgate.http..")
            .should()
            .dependOnClassesThat(inPackages("java.sql..", "org.jdbi..", "org.postgresql..")));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.headgate.api..", "io.headgate.http..")
            .should()
            .callCodeUnitWhere(
                describe(
                    "a statement is run",
                    call -> STATEMENTS.contains(call.getTargetOwner().getName()))));
  }

  @Test
  void packages_of_the_native_api_do_not_depend_on_each_other() {
    check(slices().matching("io.headgate.api.(*)..").should().notDependOnEachOther());
  }

  @Test
  void dialects_run_no_sql_and_do_not_depend_on_each_other() {
    check(slices().matching("io.headgate.dialect.(*)..").should().notDependOnEachOther());
    check(
        noClasses()
            .that()
            .resideInAPackage("io.headgate.dialect..")
            .should()
            .callCodeUnitWhere(
                describe(
                    "a statement is run",
                    call -> STATEMENTS.contains(call.getTargetOwner().getName()))));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.headgate.dialect.(*)..")
            .should()
            .dependOnClassesThat(
                inPackages(
                    "java.sql..",
                    "org.jdbi..",
                    "org.postgresql..",
                    "io.headgate.db..",
                    "io.headgate.api..",
                    "io.headgate.node..")));
  }

  @Test
  void no_package_depends_on_the_root_package() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.headgate")
            .should()
            .dependOnClassesThat(resideInAPackage("io.headgate")));
  }

  @Test
  void packages_have_no_dependency_cycles() {
    check(slices().matching("io.headgate.(*)..").should().beFreeOfCycles());
  }

  @Test
  void only_the_clock_reads_the_time() {
    check(
        noClasses()
            .should()
            .callCodeUnitWhere(
                describe("the clock of the machine is read", ArchitectureTest::readsTheTime)));
  }

  @Test
  void no_thread_sleeps() {
    check(
        noClasses()
            .should()
            .callCodeUnitWhere(
                describe("a thread sleeps", call -> isCall(call, "java.lang.Thread", "sleep"))));
  }

  @Test
  void packages_are_named_by_domain() {
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

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  /** The package may depend on these packages and on libraries. */
  private static ArchRule mayDependOn(String name, String... allowed) {
    Set<String> allowedNames = Set.of(allowed);
    return noClasses()
        .that()
        .resideInAPackage("io.headgate." + name + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are in a package other than " + allowedNames,
                other ->
                    other.getPackageName().startsWith("io.headgate")
                        && !allowedNames.contains(packageOf(other))));
  }

  private static String packageOf(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    return parts.length < 3 ? "" : parts[2];
  }

  private static DescribedPredicate<JavaClass> inPackages(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  private static boolean readsTheTime(JavaCall<?> call) {
    return isCall(call, "java.lang.System", "currentTimeMillis")
        || isCall(call, "java.util.Date", "<init>")
        || (call.getTargetOwner().getPackageName().equals("java.time")
            && (call.getName().equals("now") || call.getName().startsWith("system")));
  }

  private static boolean isCall(JavaCall<?> call, String owner, String name) {
    return call.getTargetOwner().getName().equals(owner) && call.getName().equals(name);
  }
}
