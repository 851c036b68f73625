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
 * Who may connect to the embedded PostgreSQL: its one user, with the password in a file that only
 * the owner of the folder can read. A port on loopback is open to every user of the machine.
 */
final class LocalLogin {

  static final String USER = "postgres";

  private static final String METHOD = "scram-sha-256";

  private static final List<String> CLOSED =
      List.of("# Written by Headgate", "host all all all " + METHOD);

  /** For the moment in which the database has no password that anybody knows. */
  private static final List<String> AJAR =
      List.of("# Written by Headgate", "host %s %s samehost trust".formatted(USER, USER));

  private final Path rules;
  private final Path file;
  private final String password;
  private final boolean fresh;
  private final boolean wanting;

  private LocalLogin(Path rules, Path file, String password, boolean fresh, boolean wanting) {
    this.rules = rules;
    this.file = file;
    this.password = password;
    this.fresh = fresh;
    this.wanting = wanting;
  }

  /** How the database in {@code data}, which may not exist yet, is to be entered. */
  static LocalLogin of(Path folder, Path data) throws IOException {
    Path file = folder.resolve("password");
    Path rules = data.resolve("pg_hba.conf");
    boolean fresh = !Files.exists(data.resolve("postgresql.conf"));
    boolean known = Files.exists(file);
    boolean wanting = !fresh && (!known || !Files.readAllLines(rules).equals(CLOSED));
    String password = known ? Files.readString(file).strip() : random();
    if (fresh && !known) {
      write(file, password);
    }
    return new LocalLogin(rules, file, password, fresh, wanting);
  }

  String password() {
    return password;
  }

  /** Lets a new database be made with the password, and an existing one start so that it can. */
  EmbeddedPostgres.Builder prepare(EmbeddedPostgres.Builder builder) throws IOException {
    if (fresh) {
      // Options of initdb; the later --auth wins over the library's trust.
      builder.setLocaleConfig("auth", METHOD);
      builder.setLocaleConfig("pwfile", file.toAbsolutePath().toString());
    } else if (wanting) {
      Files.write(rules, AJAR);
    }
    return builder.setConnectConfig("password", password);
  }

  /**
   * From now on nobody connects without the password. A crash before the end leaves rules that are
   * not yet the closed ones, so that the next start begins anew.
   */
  void close(int port) throws SQLException, IOException {
    if (!fresh && !wanting) {
      return;
    }
    String url = "jdbc:postgresql://localhost:" + port + "/" + USER;
    try (Connection connection = DriverManager.getConnection(url, USER, password);
        Statement statement = connection.createStatement()) {
      if (wanting) {
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(USER, password.toCharArray(), METHOD);
        write(file, password);
      }
      Files.write(rules, CLOSED);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static String random() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /** All of it or nothing: half a password would open nothing. */
  private static void write(Path file, String password) throws IOException {
    Path draft = file.resolveSibling("password.new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, password + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
