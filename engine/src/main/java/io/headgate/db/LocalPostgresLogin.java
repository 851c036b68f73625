package io.headgate.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Access to the embedded PostgreSQL: only its one user may connect, with a password that lies in a
 * file which only the owner of the folder can read. The port itself is open to every user of the
 * machine.
 */
final class LocalPostgresLogin {

  static final String USER = "postgres";

  private static final String METHOD = "scram-sha-256";

  private static final List<String> PASSWORD_RULES =
      List.of("# Written by Headgate", "host all all all " + METHOD);

  /** The rules while the password is not known and has to be set anew. */
  private static final List<String> TRUST_RULES =
      List.of("# Written by Headgate", "host %s %s samehost trust".formatted(USER, USER));

  private final Path rules;
  private final Path file;
  private final String password;
  private final boolean newDatabase;
  private final boolean resetNeeded;

  private LocalPostgresLogin(
      Path rules, Path file, String password, boolean fresh, boolean wanting) {
    this.rules = rules;
    this.file = file;
    this.password = password;
    this.newDatabase = fresh;
    this.resetNeeded = wanting;
  }

  /** The login of the database in {@code data}, which may not exist yet. */
  static LocalPostgresLogin of(Path folder, Path data) throws IOException {
    Path file = folder.resolve("password");
    Path rules = data.resolve("pg_hba.conf");
    boolean fresh = !Files.exists(data.resolve("postgresql.conf"));
    boolean known = Files.exists(file);
    boolean wanting = !fresh && (!known || !Files.readAllLines(rules).equals(PASSWORD_RULES));
    String password = known ? Files.readString(file).strip() : random();
    if (fresh && !known) {
      write(file, password);
    }
    return new LocalPostgresLogin(rules, file, password, fresh, wanting);
  }

  String password() {
    return password;
  }

  /** Creates a new database with the password; starts an existing one so that it can be set. */
  EmbeddedPostgres.Builder prepare(EmbeddedPostgres.Builder builder) throws IOException {
    if (newDatabase) {
      // Options of initdb; the later --auth wins over the library's trust.
      builder.setLocaleConfig("auth", METHOD);
      builder.setLocaleConfig("pwfile", file.toAbsolutePath().toString());
    } else if (resetNeeded) {
      Files.write(rules, TRUST_RULES);
    }
    return builder.setConnectConfig("password", password);
  }

  /**
   * Sets the password and closes the database to connections without it. After a crash in the
   * middle the rules are not the closed ones yet, so the next start repeats all of it.
   */
  void requirePassword(int port) throws SQLException, IOException {
    if (!newDatabase && !resetNeeded) {
      return;
    }
    String url = "jdbc:postgresql://localhost:" + port + "/" + USER;
    try (Connection connection = DriverManager.getConnection(url, USER, password);
        Statement statement = connection.createStatement()) {
      if (resetNeeded) {
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(USER, password.toCharArray(), METHOD);
        write(file, password);
      }
      Files.write(rules, PASSWORD_RULES);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static String random() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /** Writes the file as a whole or not at all: half a password would be useless. */
  private static void write(Path file, String password) throws IOException {
    Path draft = file.resolveSibling("password.new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, password + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
