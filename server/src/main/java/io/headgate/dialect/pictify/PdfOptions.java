package io.headgate.dialect.pictify;

import io.headgate.batch.ViolationKind;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paper of a PDF. A length is a number of millimetres, or a string with a unit: {@code 2cm},
 * {@code 0.5in}, {@code 40px}.
 */
record PdfOptions(
    @Nullable String preset,
    @Nullable JsonNode customSize,
    @Nullable JsonNode margins,
    @Nullable String title) {

  static final PdfOptions NONE = new PdfOptions(null, null, null, null);

  private static final Pattern LENGTH =
      Pattern.compile("([0-9]{1,5}(?:\\.[0-9]{1,3})?)(mm|cm|in|px|pt)?");
  private static final Map<String, Double> MILLIMETRES =
      Map.of("mm", 1.0, "cm", 10.0, "in", 25.4, "px", 25.4 / 96, "pt", 25.4 / 72);

  /** A paper size, in millimetres. */
  record PaperSize(String preset, double width, double height) {}

  PdfOptions {
    if (preset != null && !preset.equals("custom") && paper(preset) == null) {
      throw new InvalidInputException(
          "options.preset", "must be one of A4, Letter, Legal, A3, A5, custom");
    }
    if ("custom".equals(preset) && (customSize == null || !customSize.isObject())) {
      throw new InvalidInputException(
          "options.customSize", "is required with the preset custom", ViolationKind.MISSING);
    }
  }

  PaperSize paper() {
    PaperSize standard = paper(preset == null ? "A4" : preset);
    return standard != null
        ? standard
        : new PaperSize(
            "custom",
            length("customSize", customSize, "width"),
            length("customSize", customSize, "height"));
  }

  static @Nullable PaperSize paper(String preset) {
    return switch (preset) {
      case "A3" -> new PaperSize("A3", 297, 420);
      case "A4" -> new PaperSize("A4", 210, 297);
      case "A5" -> new PaperSize("A5", 148, 210);
      case "Letter" -> new PaperSize("Letter", 215.9, 279.4);
      case "Legal" -> new PaperSize("Legal", 215.9, 355.6);
      default -> null;
    };
  }

  private static double length(String of, @Nullable JsonNode in, String name) {
    JsonNode given = in == null ? MissingNode.getInstance() : in.path(name);
    return millimetres("options." + of + "." + name, given);
  }

  private static double millimetres(String field, JsonNode length) {
    Matcher match = LENGTH.matcher(length.isNumber() ? length.asString() : length.asString(""));
    if (!match.matches()) {
      String message = "must be a length, such as 10 (millimetres) or \"0.5in\"";
      throw Problem.invalid(InputError.field(field, message)).asException();
    }
    String unit = match.group(2) == null ? "mm" : match.group(2);
    return Double.parseDouble(match.group(1)) * MILLIMETRES.getOrDefault(unit, 1.0);
  }

  /** The option {@code page} of the processor {@code render}. */
  ObjectNode page() {
    PaperSize paper = paper();
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.put("preset", paper.preset());
    if (paper.preset().equals("custom")) {
      page.put("width_mm", paper.width()).put("height_mm", paper.height());
    }
    if (margins != null && margins.isObject()) {
      ObjectNode all = page.putObject("margins_mm");
      for (String side : margins.propertyNames()) {
        all.put(side, length("margins", margins, side));
      }
    } else if (margins != null && !margins.isNull()) {
      page.put("margins_mm", millimetres("options.margins", margins));
    }
    if (title != null && !title.isBlank()) {
      page.put("title", title);
    }
    return page;
  }
}
