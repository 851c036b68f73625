package io.headgate.bench;

import io.headgate.client.CancelRequest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Intake: NDJSON over HTTP beside a bare COPY of the same rows. */
final class SubmitComparison implements Comparison {

  private static final int ROUNDS = 5;
  private static final double MIN_OF_COPY = 0.5;
  private static final String ROWS = "rows";

  @Override
  public String name() {
    return "submit";
  }

  @Override
  public String question() {
    return "NDJSON over HTTP into the database, beside a bare COPY of the same rows";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (boolean refs : List.of(false, true)) {
      try (BenchServer server = BenchServer.open(settings)) {
        server.execute(BareCopy.TABLE);
        figures.add(compare(server, settings, refs));
      }
    }
    return figures;
  }

  private static Figure compare(BenchServer server, Settings settings, boolean refs)
      throws Exception {
    int count = settings.items();
    UUID batch = UUID.fromString("019a0000-0000-7000-8000-000000000000");
    byte[] lines = refs ? Items.withRefs(count) : Items.plain(count);
    byte[] binary = BareCopy.binary(batch, count, refs);
    byte[] text = BareCopy.text(batch, count, refs);
    List<Rate> http = new ArrayList<>();
    List<Rate> binaryCopies = new ArrayList<>();
    List<Rate> textCopies = new ArrayList<>();
    // The first round warms up and does not count.
    for (int round = 0; round <= settings.rounds(ROUNDS); round++) {
      Rate submitted = submit(server, lines, count);
      Rate asBinary = copy(server, binary, "(format binary)", count);
      Rate asText = copy(server, text, "", count);
      if (round > 0) {
        http.add(submitted);
        binaryCopies.add(asBinary);
        textCopies.add(asText);
      }
    }
    Rate fastestBinary = Rate.median(binaryCopies);
    Rate fastestText = Rate.median(textCopies);
    boolean binaryWins = fastestBinary.perSecond() >= fastestText.perSecond();
    return Figure.rates(
        "submit of %,d items %s".formatted(count, refs ? "with refs" : "without refs"),
        Rate.median(http),
        binaryWins ? "COPY, binary" : "COPY, text",
        binaryWins ? fastestBinary : fastestText,
        MIN_OF_COPY);
  }

  private static Rate submit(BenchServer server, byte[] lines, int count) throws Exception {
    server.checkpoint();
    long start = System.nanoTime();
    String id = server.submitWaiting(lines).id();
    long nanos = System.nanoTime() - start;
    server.client().cancel(id, CancelRequest.drain());
    return Rate.of(count, nanos, ROWS);
  }

  private static Rate copy(BenchServer server, byte[] rows, String format, int count)
      throws Exception {
    server.execute("truncate bare_item");
    server.checkpoint();
    try (Connection connection = server.connect()) {
      return Rate.of(count, BareCopy.copy(connection, rows, format), ROWS);
    }
  }
}
