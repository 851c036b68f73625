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
class RoomsTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  private static final Set<String> STATEMENTS =
      Set.of("io.headgate.db.Tx", "io.headgate.db.Snapshot");

  @Test
  void the_law_knows_only_itself() {
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
  void processors_know_only_their_contract_the_law_and_the_way_out() {
    check(
        mayKnow(
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
  void templates_know_only_the_law_and_the_database_and_rendering_them_is_pure() {
    check(mayKnow("template", "template", "batch", "db"));
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
  void only_those_who_visit_pages_know_how_browsers_are_driven() {
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
  void no_processor_knows_another() {
    check(slices().matching("io.headgate.processor.(*)..").should().notDependOnEachOther());
  }

  @Test
  void the_cellar_knows_no_room_above_it() {
    check(mayKnow("text", "text"));
    check(mayKnow("db", "db"));
    check(mayKnow("crypto", "crypto"));
    check(mayKnow("outbound", "outbound"));
    check(mayKnow("artifact", "artifact", "db"));
    check(mayKnow("browser", "browser", "outbound"));
    check(mayKnow("config", "config", "artifact", "db", "text"));
    check(mayKnow("extract", "extract", "text"));
    check(mayKnow("credit", "credit", "batch", "db"));
  }

  @Test
  void the_engine_knows_only_the_law_credits_and_the_database() {
    check(mayKnow("engine", "engine", "batch", "credit", "crypto", "db"));
  }

  @Test
  void webhooks_know_only_the_law_the_database_and_the_way_out() {
    check(mayKnow("webhook", "webhook", "batch", "crypto", "db", "outbound"));
  }

  @Test
  void the_simulation_plays_the_engine_and_nobody_needs_it() {
    check(mayKnow("simulate", "simulate", "batch", "credit", "engine", "webhook", "audit", "db"));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.headgate", "io.headgate.simulate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.headgate.simulate.."));
  }

  @Test
  void only_the_http_room_knows_the_web_server() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.headgate.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon.."));
  }

  @Test
  void pages_are_driven_only_by_those_that_visit_them() {
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
  void the_doors_of_the_api_touch_no_sql() {
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
  void no_subject_of_the_native_api_knows_another() {
    check(slices().matching("io.headgate.api.(*)..").should().notDependOnEachOther());
  }

  @Test
  void dialects_only_translate_and_none_knows_another() {
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
  void only_main_and_the_server_know_everything() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.headgate")
            .should()
            .dependOnClassesThat(resideInAPackage("io.headgate")));
  }

  @Test
  void no_two_rooms_know_each_other() {
    check(slices().matching("io.headgate.(*)..").should().beFreeOfCycles());
  }

  @Test
  void nobody_asks_the_time_of_anything_but_the_clock() {
    check(
        noClasses()
            .should()
            .callCodeUnitWhere(
                describe("the clock of the machine is read", RoomsTest::readsTheTime)));
  }

  @Test
  void nobody_sleeps() {
    check(
        noClasses()
            .should()
            .callCodeUnitWhere(
                describe("a thread sleeps", call -> isCall(call, "java.lang.Thread", "sleep"))));
  }

  @Test
  void rooms_are_named_after_what_they_are_about() {
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
    rule.check(HOUSE);
  }

  /** The package may depend on these packages and on libraries. */
  private static ArchRule mayKnow(String room, String... known) {
    Set<String> rooms = Set.of(known);
    return noClasses()
        .that()
        .resideInAPackage("io.headgate." + room + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are in a package other than " + rooms,
                other ->
                    other.getPackageName().startsWith("io.headgate")
                        && !rooms.contains(roomOf(other))));
  }

  private static String roomOf(JavaClass one) {
    String[] parts = one.getPackageName().split("\\.", -1);
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
