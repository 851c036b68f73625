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
record Drawing(Maker maker, RenderOptions options, Attempt attempt) {

  private static final long MAX_BYTES = 50_000_000;

  /**
   * Renders the sheets of a layout one after the other into one file, and keeps it.
   *
   * @return the entry of the file in the item's output
   */
  ObjectNode draw(Sheets.Pile sheets) throws Unrenderable, IOException, InterruptedException {
    Sheet first = sheets.sheet(0, attempt.remaining());
    String name = first.layout() + "." + options.format().extension();
    Path file = attempt.scratch().resolve(name);
    Made made = sheets.size() == 1 ? one(first, file) : joined(first, sheets, file);
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw Unrenderable.lasting(
          Fault.TOO_LARGE,
          "the %s file has %d bytes; the limit is %d"
              .formatted(options.format().word(), bytes, MAX_BYTES));
    }
    attempt.keep(name, options.format().mediaType(), file);
    Files.delete(file);
    return described(first, made, name, bytes);
  }

  private Made one(Sheet sheet, Path file) throws Unrenderable, InterruptedException {
    return maker.make(sheet, options, attempt.remaining(), file);
  }

  private Made joined(Sheet first, Sheets.Pile sheets, Path file)
      throws Unrenderable, IOException, InterruptedException {
    List<Path> parts = new ArrayList<>();
    for (int i = 0; i < sheets.size(); i++) {
      Path part = file.resolveSibling(i + "." + file.getFileName());
      one(i == 0 ? first : sheets.sheet(i, attempt.remaining()), part);
      parts.add(part);
    }
    PdfFile.join(parts, file);
    for (Path part : parts) {
      Files.delete(part);
    }
    return PdfFile.measure(file);
  }

  private ObjectNode described(Sheet sheet, Made made, String artifact, long bytes) {
    ObjectNode described = JsonNodeFactory.instance.objectNode();
    described.put("layout", sheet.layout());
    described.put("name", sheet.name());
    described.put("width", made.width());
    described.put("height", made.height());
    described.put("format", options.format().word());
    described.put("artifact", artifact);
    described.put("bytes", bytes);
    switch (options.format()) {
      case PDF -> described.put("pages", made.pages());
      case GIF -> described.put("frames", made.pages());
      case PNG, JPEG, WEBP -> {}
    }
    return described;
  }
}
