package io.headgate.cli;

import io.headgate.client.PageRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list to show. */
final class PageOptions {

  @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 500")
  private @Nullable Integer limit;

  @Option(names = "--cursor", description = "Go on where an earlier list ended")
  private @Nullable String cursor;

  PageRequest request() {
    return new PageRequest(limit, cursor);
  }
}
