package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access to the embedded PostgreSQL, whose port every user of the machine can reach. */
class LocalPostgresTest {

  @TempDir Path folder;

  @Test
  void no_connection_without_the_password_also_after_a_restart() throws Exception {
    for (int start = 1; start <= 2; start++) {
      try (LocalPostgres postgres = LocalPostgres.start(folder)) {
        Database.DatabaseAddress address = postgres.address("postgres", 1);

        assertThat(address.password()).isEqualTo(storedPassword());
        assertClosed(address);
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void a_folder_without_a_password_gets_one_at_the_next_start() throws Exception {
    String before;
    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      before = postgres.address("postgres", 1).password();
      execute(postgres.address("postgres", 1), "create table kept ()");
    }
    allowEveryone();
    Files.delete(file());

    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      Database.DatabaseAddress address = postgres.address("postgres", 1);
      assertThat(address.password()).isEqualTo(storedPassword()).isNotEqualTo(before);
      assertClosed(address);
      assertRefused(address, before);
      execute(address, "select from kept");
    }
  }

  @Test
  void an_interrupted_upgrade_is_completed() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      assertClosed(postgres.address("postgres", 1));
    }
    allowEveryone();
    Files.writeString(file(), "written, but never applied to the database\n");

    try (LocalPostgres postgres = LocalPostgres.start(folder)) {
      assertClosed(postgres.address("postgres", 1));
    }
  }

  @Test
  void there_is_no_socket_file() {
    try (Database database = TestPostgres.database()) {
      assertThat(
              database.<String>read(
                  tx -> tx.query("show unix_socket_directories").mapTo(String.class).one()))
          .isEmpty();
    }
  }

  private void assertClosed(Database.DatabaseAddress address) throws SQLException {
    assertRefused(address, "");
    assertRefused(address, "postgres");
    execute(address, "select 1");
  }

  private static void assertRefused(Database.DatabaseAddress address, String password) {
    Database.DatabaseAddress other =
        new Database.DatabaseAddress(address.jdbcUrl(), address.user(), password, 1);
    assertThatThrownBy(() -> execute(other, "select 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  private static void execute(Database.DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The file that initdb writes for the method {@code trust}. */
  private void allowEveryone() throws IOException {
    Files.write(
        folder.resolve("data/pg_hba.conf"),
        List.of(
            "local all all trust",
            "host all all 127.0.0.1/32 trust",
            "host all all ::1/128 trust"));
  }

  private Path file() {
    return folder.resolve("password");
  }

  private String storedPassword() throws IOException {
    return Files.readString(file()).strip();
  }
}
