package io.headgate.dialect;

import io.headgate.batch.Caller;
import io.headgate.view.UsageReader;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Reads what an account used, day by day. */
public final class NativeUsage {

  private final UsageReader usage;
  private final InstantSource clock;

  public NativeUsage(UsageReader usage, InstantSource clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /** Returns the days from {@code first} on which batches were submitted through these dialects. */
  public List<UsageReader.UsageDay> since(Caller caller, Set<String> dialects, LocalDate first) {
    return usage.since(caller.account(), dialects, first);
  }

  /** Today's date in UTC. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
