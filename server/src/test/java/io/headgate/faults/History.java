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
final class History {

  /** What happened to an attempt in its processor. */
  enum What {
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
  record Event(What what, UUID batch, int ordinal, int attempt, long process, long atMillis) {

    private String line() {
      return "%s %s %d %d %d %d\n"
          .formatted(
              what.name().toLowerCase(Locale.ROOT), batch, ordinal, attempt, process, atMillis);
    }

    private static Event parse(String line) {
      String[] words = line.split(" ", 6);
      return new Event(
          What.valueOf(words[0].toUpperCase(Locale.ROOT)),
          UUID.fromString(words[1]),
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }

    boolean is(What wanted) {
      return what == wanted;
    }

    boolean of(int item, int number) {
      return ordinal == item && attempt == number;
    }
  }

  private final Path file;
  private final List<Event> events = new ArrayList<>();
  private long read;

  History(Path file) {
    this.file = file;
  }

  /** Appends a line. Appending a short line is atomic. */
  static void append(Path file, Event event) throws IOException {
    Files.writeString(file, event.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** All events of a batch so far, in the order of the file. */
  synchronized List<Event> of(String batch) {
    UUID id = UUID.fromString(batch);
    return all(event -> event.batch().equals(id));
  }

  /** All matching events so far. */
  synchronized List<Event> all(Predicate<Event> wanted) {
    readOn();
    return events.stream().filter(wanted).toList();
  }

  /** The number of distinct items of a batch with such an event. */
  long items(String batch, What what) {
    return of(batch).stream()
        .filter(event -> event.is(what))
        .mapToInt(Event::ordinal)
        .distinct()
        .count();
  }

  /** The number of such events so far, of all batches. */
  synchronized long count(What what) {
    readOn();
    return events.stream().filter(event -> event.is(what)).count();
  }

  private void readOn() {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(read);
      byte[] bytes = new byte[Math.toIntExact(open.length() - read)];
      open.readFully(bytes);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      int whole = text.lastIndexOf('\n') + 1;
      text.substring(0, whole).lines().map(Event::parse).forEach(events::add);
      read += whole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
