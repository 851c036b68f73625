package io.headgate.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Checks that the measured database writes to disk at each commit. */
final class Durability {

  private static final List<String> MUST_BE_ON =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private Durability() {}

  /**
   * Reads the settings from the database.
   *
   * @return the settings, for the report
   * @throws IllegalStateException when one of the settings is off
   */
  static String check(Connection connection, Path folder) throws Exception {
    List<String> settings = new ArrayList<>();
    for (String setting : MUST_BE_ON) {
      String value = show(connection, setting);
      if (!"on".equals(value)) {
        throw new IllegalStateException(setting + " must be on; it is " + value);
      }
      settings.add(setting + "=" + value);
    }
    return "PostgreSQL %s, %s, on %s"
        .formatted(
            show(connection, "server_version"),
            String.join(", ", settings),
            Files.getFileStore(folder).type());
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
