package io.headgate.dialect.spidra;

import io.headgate.access.AuthScheme;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.NativeTargets;
import io.headgate.dialect.NativeUsage;
import io.headgate.dialect.NativeVerbs;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import java.time.InstantSource;
import java.util.List;

/** The dialect {@code spidra}: scrapes pages, in batches and one by one, below {@code /api}. */
public final class Spidra implements Dialect {

  static final String NAME = "spidra";

  /** The name of single scrapes. It keeps them out of the list of batches. */
  static final String SCRAPES = "spidra-scrape";

  /** The vendor does not document whether its limit of 50 counts batches or URLs. */
  private static final int PENDING_BATCHES = 50;

  private static final int PENDING_SCRAPES = 10;

  private final NativeVerbs verbs;
  private final NativeTargets targets;
  private final NativeUsage usage;
  private final ArtifactLinks links;
  private final InstantSource clock;

  public Spidra(
      NativeVerbs verbs,
      NativeTargets targets,
      NativeUsage usage,
      ArtifactLinks links,
      InstantSource clock) {
    this.verbs = verbs;
    this.targets = targets;
    this.usage = usage;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations() {
    NativeBatches batches = verbs.batches(NAME);
    NativeBatches scrapes = verbs.batches(SCRAPES);
    SpidraJobResults results = new SpidraJobResults(scrapes, links);
    return List.of(
        new SpidraSubmitBatch(new SpidraSubmission(verbs.submit(), NAME, PENDING_BATCHES), targets),
        new SpidraShowBatch(batches, links),
        new SpidraListBatches(batches),
        new SpidraRetryBatch(batches, verbs.retry()),
        new SpidraCancelBatch(verbs.cancel(NAME)),
        new SpidraSubmitScrape(
            new SpidraSubmission(verbs.submit(), SCRAPES, PENDING_SCRAPES), targets),
        new SpidraShowScrape(scrapes, results),
        new SpidraListLogs(scrapes, results),
        new SpidraShowLog(scrapes, results),
        new SpidraShowUsage(usage));
  }

  @Override
  public List<String> pathPrefixes() {
    return List.of("/api");
  }

  @Override
  public Problem unservedPath(String path) {
    return SpidraErrors.unservedPath(path);
  }

  @Override
  public AuthScheme authScheme() {
    return new SpidraAuthScheme(clock);
  }

  @Override
  public ApiResponse errorResponse(Problem problem) {
    return SpidraErrors.answer(problem);
  }
}
