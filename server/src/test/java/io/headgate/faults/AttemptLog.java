package io.headgate.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A file to which processors append what they did, independent of the engine. Any number of
 * processes may append; a killed process loses no line that it wrote.
 */
final class AttemptLog {

  /** What happened to an attempt in its processor. */
  enum AttemptEventType {
    STARTED,
    FINISHED,
    FAILED,
    INTERRUPTED
  }

  /**
   * One line of the file.
   *
   * @param process the id of the process that ran the attempt
   */
  record AttemptEvent(
      AttemptEventType type, UUID batch, int ordinal, int attempt, long process, long atMillis) {

    private String line() {
      return "%s %s %d %d %d %d\n"
          .formatted(
              type.name().toLowerCase(Locale.ROOT), batch, ordinal, attempt, process, atMillis);
    }

    private static AttemptEvent parse(String line) {
      String[] fields = line.split(" ", 6);
      return new AttemptEvent(
          AttemptEventType.valueOf(fields[0].toUpperCase(Locale.ROOT)),
          UUID.fromString(fields[1]),
          Integer.parseInt(fields[2]),
          Integer.parseInt(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[5]));
    }

    boolean isType(AttemptEventType expected) {
      return type == expected;
    }

    boolean isAttempt(int item, int number) {
      return ordinal == item && attempt == number;
    }
  }

  private final Path file;
  private final List<AttemptEvent> events = new ArrayList<>();
  private long readBytes;

  AttemptLog(Path file) {
    this.file = file;
  }

  /** Appends a line. Appending a short line is atomic. */
  static void append(Path file, AttemptEvent event) throws IOException {
    Files.writeString(file, event.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** All events of a batch so far, in the order of the file. */
  synchronized List<AttemptEvent> ofBatch(String batch) {
    UUID id = UUID.fromString(batch);
    return matching(event -> event.batch().equals(id));
  }

  /** All matching events so far. */
  synchronized List<AttemptEvent> matching(Predicate<AttemptEvent> filter) {
    readNewLines();
    return events.stream().filter(filter).toList();
  }

  /** The number of distinct items of a batch with such an event. */
  long items(String batch, AttemptEventType what) {
    return ofBatch(batch).stream()
        .filter(event -> event.isType(what))
        .mapToInt(AttemptEvent::ordinal)
        .distinct()
        .count();
  }

  /** The number of such events so far, of all batches. */
  synchronized long count(AttemptEventType what) {
    readNewLines();
    return events.stream().filter(event -> event.isType(what)).count();
  }

  private void readNewLines() {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(readBytes);
      byte[] bytes = new byte[Math.toIntExact(open.length() - readBytes)];
      open.readFully(bytes);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      int complete = text.lastIndexOf('\n') + 1;
      text.substring(0, complete).lines().map(AttemptEvent::parse).forEach(events::add);
      readBytes += complete;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
