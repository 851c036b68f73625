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
 * What processors really did, as they wrote it down themselves, in a file that no part of the
 * engine knows. Any number of processes append to it; a kill loses no line that was written.
 */
final class History {

  /** What a processor did with an attempt. */
  enum What {
    STARTED,
    FINISHED,
    FAILED,
    INTERRUPTED
  }

  /**
   * One line.
   *
   * @param process the process it ran in
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

  /** A short line is appended wholly or not at all, whoever else appends. */
  static void append(Path file, Event event) throws IOException {
    Files.writeString(file, event.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Everything written so far about a batch, in the order in which it was written. */
  synchronized List<Event> of(String batch) {
    UUID id = UUID.fromString(batch);
    return all(event -> event.batch().equals(id));
  }

  /** Everything written so far that is wanted. */
  synchronized List<Event> all(Predicate<Event> wanted) {
    readOn();
    return events.stream().filter(wanted).toList();
  }

  /** Distinct items of a batch to which this has happened. */
  long items(String batch, What what) {
    return of(batch).stream()
        .filter(event -> event.is(what))
        .mapToInt(Event::ordinal)
        .distinct()
        .count();
  }

  /** How often this has happened so far, to any item. */
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
