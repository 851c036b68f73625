package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MigrationTest {

  private static final String DELETE_HISTORY = "delete from flyway_schema_history";

  /** The history of a database that an earlier build migrated with twelve files. */
  private static final String HISTORY_OF_TWELVE_FILES =
      """
      insert into flyway_schema_history (
        installed_rank, version, description, type, script, checksum, installed_by, execution_time,
        success)
      select n, to_char(n, 'FM000'), 'earlier', 'SQL', to_char(n, '"V"FM000"__earlier.sql"'), checksum,
        'headgate', 1, true
      from unnest(array[
        -136488705, 1320012400, -2075548044, 1053033456, -1300759515, -1249525698, 1718742989,
        -1383050923, 1508767495, 91227263, -1899183706, -1069273788
      ]) with ordinality as checksums (checksum, n)
      """;

  private static final String ADD_LATER_MIGRATION =
      """
      insert into flyway_schema_history (
        installed_rank, version, description, type, script, checksum, installed_by, execution_time,
        success)
      values (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'headgate', 1, true)
      """;

  @Test
  void a_database_of_an_earlier_build_is_refused_with_one_sentence() {
    try (Database database = TestPostgres.database()) {
      run(database, DELETE_HISTORY);
      run(database, HISTORY_OF_TWELVE_FILES);

      assertThatThrownBy(database::migrate)
          .isInstanceOf(IncompatibleSchemaException.class)
          .hasNoCause()
          .hasMessage(
              "The database %s was created by an earlier build of Headgate, whose schema cannot be"
                  + " upgraded; start with an empty data folder or database.",
              database.address().location());
      assertThat(database.address().location()).startsWith("in target/postgres");
    }
  }

  @Test
  void a_database_of_a_newer_build_is_refused_with_one_sentence() {
    try (Database database = TestPostgres.database()) {
      run(database, ADD_LATER_MIGRATION);

      assertThatThrownBy(database::migrate)
          .isInstanceOf(IncompatibleSchemaException.class)
          .hasNoCause()
          .hasMessage(
              "The database %s was migrated by a newer build of Headgate; start that build or a"
                  + " newer one.",
              database.address().location());
    }
  }

  @Test
  void a_database_of_this_build_is_accepted_again() {
    try (Database database = TestPostgres.database()) {
      assertThatCode(database::migrate).doesNotThrowAnyException();
    }
  }

  @Test
  void the_location_of_an_external_database_is_its_url() {
    assertThat(
            new Database.DatabaseAddress(
                    "jdbc:postgresql://db:5432/jobs?sslmode=require", "u", "p", 1)
                .location())
        .isEqualTo("at postgresql://db:5432/jobs");
  }

  private static void run(Database database, String statement) {
    database.useTransaction(tx -> tx.update(statement).execute());
  }
}
