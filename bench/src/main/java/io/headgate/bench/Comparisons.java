package io.headgate.bench;

import java.util.List;

/** Everything that is measured, in the order in which it is when nothing is named. */
final class Comparisons {

  static final List<Comparison> ALL =
      List.of(
          new SubmitComparison(),
          new DrainComparison(),
          new CancelComparison(),
          new FlatnessComparison(),
          new SmallBatches(),
          new Sustained(),
          new HeldSnapshot(),
          new LatencyComparison(),
          new DialectComparison(),
          new StartComparison(),
          new MemoryComparison(),
          new ScrapeComparison(),
          new RenderComparison(),
          new WebhookComparison());

  private Comparisons() {}
}
