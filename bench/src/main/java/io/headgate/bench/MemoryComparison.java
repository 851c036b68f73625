package io.headgate.bench;

import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemFormat;
import io.headgate.client.NewBatch;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Measures the memory of a real server process while many items are pending. */
final class MemoryComparison implements Comparison {

  private static final double MAX_MEGABYTES = 400;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String question() {
    return "resident memory of the server process (PostgreSQL apart) with many items queued";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    ServerProcess.prepare(settings);
    byte[] lines = Items.plain(settings.items());
    try (TemporaryFolder folder = TemporaryFolder.in(settings.folder());
        ServerProcess server = ServerProcess.start(settings.launcher(), folder.path());
        HeadgateClient client = server.client()) {
      double idle = server.megabytes("VmRSS");
      client.submit(
          NewBatch.of("scrape").startAt(BenchServer.FAR_FUTURE),
          ItemFormat.NDJSON,
          new ByteArrayInputStream(lines));
      String queued = "with %,d items queued".formatted(settings.items());
      return List.of(
          Figure.information("just started", Figure.number(idle) + " MB"),
          Figure.atMost(queued, server.megabytes("VmRSS"), "MB", MAX_MEGABYTES),
          Figure.atMost(
              "the most it ever had, the submit included",
              server.megabytes("VmHWM"),
              "MB",
              MAX_MEGABYTES));
    }
  }
}
