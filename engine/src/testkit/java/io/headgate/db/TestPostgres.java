package io.headgate.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of this JVM, durable as in production. Every test gets a
 * migrated database of its own.
 */
public final class TestPostgres {

  private static final AtomicInteger made = new AtomicInteger();
  private static final LocalPostgres postgres = start();

  private TestPostgres() {}

  private static LocalPostgres start() {
    try {
      LocalPostgres started =
          LocalPostgres.start(Files.createTempDirectory(Path.of("target"), "postgres"));
      try (Database template = create(started, "headgate_template", "template1")) {
        template.migrate();
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Database create(LocalPostgres server, String name, String template) {
    try (Database admin = Database.open(server.address("postgres", 1))) {
      admin.withoutTransaction(connection ->
          connection.execute("create database %s template %s".formatted(name, template)));
    }
    return Database.open(server.address(name, 20));
  }

  /** A new, migrated, empty database; the caller closes it. */
  public static synchronized Database database() {
    return create(postgres, "test_" + made.incrementAndGet(), "headgate_template");
  }
}
