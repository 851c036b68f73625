package io.headgate.dialect.spidra;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.batch.Caller;
import io.headgate.dialect.NativeBatches;
import io.headgate.http.Request;
import io.headgate.view.BatchView;

/** Reads the results of single scrapes. */
record SpidraJobResults(NativeBatches batches, ArtifactLinks links) {

  SpidraJobResult of(Request request, BatchView job, Caller caller) {
    return SpidraJobResult.of(
        job, batches.items(caller, job.id()), new SpidraScreenshots(links, request, job));
  }
}
