package io.headgate.processor.render;

import io.headgate.processor.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Renders layouts of one attempt and keeps each file as an artifact of the item. */
record LayoutRenderer(Renderer renderer, RenderOptions options, Attempt attempt) {

  private static final long MAX_BYTES = 50_000_000;

  /**
   * Renders the sheets of a layout one after the other into one file, and keeps it.
   *
   * @return the entry of the file in the item's output
   */
  ObjectNode render(RenderJobs.LayoutJobs jobs)
      throws RenderException, IOException, InterruptedException {
    RenderJob first = jobs.job(0, attempt.remaining());
    String name = first.layout() + "." + options.format().extension();
    Path file = attempt.scratchFolder().resolve(name);
    RenderResult result =
        jobs.size() == 1 ? renderOne(first, file) : renderAndMerge(first, jobs, file);
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw RenderException.permanent(
          RenderErrorCode.TOO_LARGE,
          "the %s file has %d bytes; the limit is %d"
              .formatted(options.format().id(), bytes, MAX_BYTES));
    }
    attempt.storeArtifact(name, options.format().mediaType(), file);
    Files.delete(file);
    return describe(first, result, name, bytes);
  }

  private RenderResult renderOne(RenderJob job, Path file)
      throws RenderException, InterruptedException {
    return renderer.render(job, options, attempt.remaining(), file);
  }

  private RenderResult renderAndMerge(RenderJob first, RenderJobs.LayoutJobs jobs, Path file)
      throws RenderException, IOException, InterruptedException {
    List<Path> parts = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Path part = file.resolveSibling(i + "." + file.getFileName());
      renderOne(i == 0 ? first : jobs.job(i, attempt.remaining()), part);
      parts.add(part);
    }
    PdfFile.merge(parts, file);
    for (Path part : parts) {
      Files.delete(part);
    }
    return PdfFile.measure(file);
  }

  private ObjectNode describe(RenderJob job, RenderResult result, String artifact, long bytes) {
    ObjectNode description = JsonNodeFactory.instance.objectNode();
    description.put("layout", job.layout());
    description.put("name", job.displayName());
    description.put("width", result.width());
    description.put("height", result.height());
    description.put("format", options.format().id());
    description.put("artifact", artifact);
    description.put("bytes", bytes);
    switch (options.format()) {
      case PDF -> description.put("pages", result.pages());
      case GIF -> description.put("frames", result.pages());
      case PNG, JPEG, WEBP -> {}
    }
    return description;
  }
}
