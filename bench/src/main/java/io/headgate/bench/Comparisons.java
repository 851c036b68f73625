package io.headgate.bench;

import java.util.List;

/** All that can be measured, in the order in which it is. */
final class Comparisons {

  static final List<Comparison> ALL =
      List.of(
          new Submit(),
          new Drain(),
          new Cancel(),
          new Flatness(),
          new Latency(),
          new DialectCalls(),
          new ColdStart(),
          new ServerMemory(),
          new Render());

  private Comparisons() {}
}
