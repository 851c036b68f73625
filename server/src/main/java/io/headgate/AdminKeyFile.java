package io.headgate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the first API key to a file that only its owner can read. */
final class AdminKeyFile {

  private static final Logger log = LoggerFactory.getLogger(AdminKeyFile.class);

  private AdminKeyFile() {}

  static void write(Path data, String secret) {
    Path file = data.resolve("admin.key");
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, secret + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the admin key to " + file, e);
    }
    log.info("The admin key of the account 'default' is in {}", file);
    System.out.println("admin key in " + file);
  }
}
