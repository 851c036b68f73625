package io.headgate.bench;

import java.util.List;

/** Everything that is measured, in the order in which it is when nothing is named. */
final class Comparisons {

  static final List<Comparison> ALL =
      List.of(
          new Submit(),
          new Drain(),
          new Cancel(),
          new Flatness(),
          new SmallBatches(),
          new Sustained(),
          new HeldSnapshot(),
          new Latency(),
          new DialectCalls(),
          new ColdStart(),
          new ServerMemory(),
          new Scrape(),
          new Render(),
          new Webhooks());

  private Comparisons() {}
}
