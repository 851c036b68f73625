package io.headgate.template;

import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import io.headgate.template.expression.ExpressionSyntax;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks a draft and reports every violation with its field. */
final class DraftCheck {

  static final int LARGEST_SIDE = 4_000;
  static final int MOST_LAYOUTS = 20;
  static final int MOST_VARIABLES = 500;

  /** Bytes of UTF-8 of the template and its layouts together. */
  static final int MOST_BYTES = 2_000_000;

  private static final int MOST_TAGS = 50;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_WORD = 100;
  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final int LONGEST_DEFAULT = 100_000;
  private static final Pattern LAYOUT_KEY = Pattern.compile("[a-z0-9-]{1,64}");

  private final List<Violation> found = new ArrayList<>();

  private DraftCheck() {}

  static List<Violation> violations(Draft draft) {
    DraftCheck check = new DraftCheck();
    check.labels(draft.labels());
    check.size("", draft.content().width(), draft.content().height());
    check.variables(draft.content().variables());
    check.layouts(draft.content());
    check.html(draft.content());
    return check.found;
  }

  private void labels(Labels labels) {
    text("name", labels.name(), LONGEST_NAME);
    text("type", labels.type(), LONGEST_WORD);
    text("category", labels.category(), LONGEST_WORD);
    if (labels.tags().size() > MOST_TAGS) {
      refuse("tags", "must be at most " + MOST_TAGS, Flaw.OUT_OF_RANGE);
    }
    labels.tags().forEach(tag -> text("tags", tag, LONGEST_WORD));
  }

  private void text(String field, @Nullable String text, int longest) {
    if (text == null) {
      return;
    }
    boolean tooLong = text.codePointCount(0, text.length()) > longest;
    if (tooLong || text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      refuse(
          field,
          "must be 1 to " + longest + " characters, not all blank, none a control",
          tooLong ? Flaw.TOO_LONG : Flaw.MALFORMED);
    }
  }

  private void size(String prefix, int width, int height) {
    side(prefix + "width", width);
    side(prefix + "height", height);
  }

  private void side(String field, int side) {
    if (side < 1 || side > LARGEST_SIDE) {
      refuse(field, "must be from 1 to " + LARGEST_SIDE, Flaw.OUT_OF_RANGE);
    }
  }

  private void layouts(Content content) {
    Map<String, Layout> layouts = content.layouts();
    if (!layouts.isEmpty() && content.outputFormat() != OutputFormat.IMAGE) {
      refuse("layouts", "are for templates of images only");
    }
    if (layouts.size() > MOST_LAYOUTS) {
      refuse("layouts", "must be at most " + MOST_LAYOUTS, Flaw.OUT_OF_RANGE);
    }
    layouts.forEach(this::layout);
  }

  private void layout(String key, Layout layout) {
    if (!LAYOUT_KEY.matcher(key).matches()) {
      refuse("layouts", "must have keys of 1 to 64 small letters, digits and dashes");
    } else if (key.equals(Layout.DEFAULT)) {
      refuse("layouts.default", "is the template itself");
    } else {
      text("layouts." + key + ".name", layout.name(), LONGEST_NAME);
      size("layouts." + key + ".", layout.width(), layout.height());
    }
  }

  private void html(Content content) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("html", content.html());
    content
        .layouts()
        .forEach((key, layout) -> {
          String own = layout.html();
          if (own != null) {
            pages.put("layouts." + key + ".html", own);
          }
        });
    int bytes = pages.values().stream().mapToInt(DraftCheck::bytes).sum();
    if (bytes > MOST_BYTES) {
      refuse(
          "layouts",
          "must have at most " + MOST_BYTES + " bytes of HTML with the template",
          Flaw.TOO_LONG);
    } else {
      Set<String> raw = Rendering.raw(content.variables());
      pages.forEach((field, html) -> compile(field, html, raw));
    }
  }

  private static int bytes(String html) {
    return html.getBytes(StandardCharsets.UTF_8).length;
  }

  private void compile(String field, String html, Set<String> raw) {
    if (html.isBlank()) {
      refuse(field, "must not be empty");
    } else if (html.indexOf('\0') >= 0) {
      refuse(field, "contains a character that cannot be stored");
    } else {
      try {
        Compiler.compile(html, ExpressionSyntax.PAGE, raw);
      } catch (Malformed e) {
        refuse(field, e.getMessage() == null ? "is no template" : e.getMessage());
      }
    }
  }

  private void variables(List<Variable> variables) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      variable("variable_definitions." + i + ".", variables.get(i));
      if (!names.add(variables.get(i).name())) {
        refuse("variable_definitions." + i + ".name", "is given twice");
      }
    }
    if (variables.size() > MOST_VARIABLES) {
      refuse("variable_definitions", "must be at most " + MOST_VARIABLES, Flaw.OUT_OF_RANGE);
    }
  }

  private void variable(String prefix, Variable variable) {
    text(prefix + "name", variable.name(), LONGEST_WORD);
    String description = variable.description();
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      refuse(
          prefix + "description",
          "must be at most " + LONGEST_DESCRIPTION + " characters",
          Flaw.TOO_LONG);
    }
    Integer least = variable.validation().minLength();
    Integer most = variable.validation().maxLength();
    if ((least != null && least < 0)
        || (most != null && most < 0)
        || (least != null && most != null && least > most)) {
      refuse(
          prefix + "validation",
          "must have lengths from 0, the least not above the most",
          Flaw.OUT_OF_RANGE);
    }
    defaultValue(prefix + "default_value", variable);
  }

  private void defaultValue(String field, Variable variable) {
    JsonNode value = variable.defaultValue();
    if (value == null) {
      return;
    }
    if (value.toString().length() > LONGEST_DEFAULT) {
      refuse(field, "must be at most " + LONGEST_DEFAULT + " characters of JSON", Flaw.TOO_LONG);
    }
    String violation = VariableCheck.violation(variable, value);
    if (violation != null) {
      refuse(
          field, violation, variable.type().accepts(value) ? Flaw.OUT_OF_RANGE : Flaw.WRONG_TYPE);
    }
  }

  private void refuse(String field, String message) {
    refuse(field, message, Flaw.MALFORMED);
  }

  private void refuse(String field, String message, Flaw flaw) {
    found.add(new Violation(field, message, flaw));
  }
}
