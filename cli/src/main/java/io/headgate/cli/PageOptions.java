package io.headgate.cli;

import io.headgate.client.PageRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a page of a list. */
final class PageOptions {

  @Option(names = "--limit", paramLabel = "N", description = "The most entries to list, 1 to 500")
  private @Nullable Integer limit;

  @Option(names = "--cursor", description = "Continue after the page that printed this cursor")
  private @Nullable String cursor;

  PageRequest request() {
    return new PageRequest(limit, cursor);
  }
}
