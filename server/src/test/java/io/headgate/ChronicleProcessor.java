package io.headgate;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes the time its batch asks for, and writes down what it really started and finished, in a file
 * that no part of the engine knows.
 */
final class ChronicleProcessor implements Processor {

  /** One line of the chronicle. */
  record Line(String what, UUID batch, int ordinal, long atMillis) {
    static Line parse(String text) {
      String[] words = text.split(" ", 4);
      return new Line(
          words[0],
          UUID.fromString(words[1]),
          Integer.parseInt(words[2]),
          Long.parseLong(words[3]));
    }
  }

  private final Path chronicle;

  ChronicleProcessor(Path chronicle) {
    this.chronicle = chronicle;
  }

  /** What was written about a batch; a line that a kill cut off is left out. */
  static List<Line> read(Path chronicle, String batch) {
    try {
      String whole = Files.exists(chronicle) ? Files.readString(chronicle) : "";
      return whole
          .substring(0, whole.lastIndexOf('\n') + 1)
          .lines()
          .map(Line::parse)
          .filter(line -> line.batch().toString().equals(batch))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A short line is appended wholly or not at all, whoever else appends. */
  private void write(String what, Input input) throws IOException {
    String line =
        "%s %s %d %d\n"
            .formatted(what, input.batchId(), input.ordinal(), System.currentTimeMillis());
    Files.writeString(chronicle, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws Exception {
    write("start", input);
    CountDownLatch never = new CountDownLatch(1);
    if (never.await(input.options().path("millis").asLong(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody opens this latch");
    }
    write("end", input);
    return new Outcome.Succeeded(input.input());
  }

  @Override
  public String name() {
    return "chronicle";
  }
}
