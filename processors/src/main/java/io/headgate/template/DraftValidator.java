package io.headgate.template;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
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
final class DraftValidator {

  static final int MAX_SIDE = 4_000;
  static final int MAX_LAYOUTS = 20;
  static final int MAX_VARIABLES = 500;

  /** Bytes of UTF-8 of the template and its layouts together. */
  static final int MAX_BYTES = 2_000_000;

  private static final int MAX_TAGS = 50;
  private static final int MAX_NAME_LENGTH = 255;
  private static final int MAX_LABEL_LENGTH = 100;
  private static final int MAX_DESCRIPTION_LENGTH = 1_000;
  private static final int MAX_DEFAULT_LENGTH = 100_000;
  private static final Pattern LAYOUT_KEY = Pattern.compile("[a-z0-9-]{1,64}");

  private final List<Violation> found = new ArrayList<>();

  private DraftValidator() {}

  static List<Violation> violations(TemplateDraft draft) {
    DraftValidator check = new DraftValidator();
    check.labels(draft.labels());
    check.size("", draft.content().width(), draft.content().height());
    check.variables(draft.content().variables());
    check.layouts(draft.content());
    check.html(draft.content());
    return check.found;
  }

  private void labels(TemplateLabels labels) {
    text("name", labels.name(), MAX_NAME_LENGTH);
    text("type", labels.type(), MAX_LABEL_LENGTH);
    text("category", labels.category(), MAX_LABEL_LENGTH);
    if (labels.tags().size() > MAX_TAGS) {
      addViolation("tags", "must be at most " + MAX_TAGS, ViolationKind.OUT_OF_RANGE);
    }
    labels.tags().forEach(tag -> text("tags", tag, MAX_LABEL_LENGTH));
  }

  private void text(String field, @Nullable String text, int longest) {
    if (text == null) {
      return;
    }
    boolean tooLong = text.codePointCount(0, text.length()) > longest;
    if (tooLong || text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      addViolation(
          field,
          "must be 1 to " + longest + " characters, not all blank, none a control",
          tooLong ? ViolationKind.TOO_LONG : ViolationKind.MALFORMED);
    }
  }

  private void size(String prefix, int width, int height) {
    side(prefix + "width", width);
    side(prefix + "height", height);
  }

  private void side(String field, int side) {
    if (side < 1 || side > MAX_SIDE) {
      addViolation(field, "must be from 1 to " + MAX_SIDE, ViolationKind.OUT_OF_RANGE);
    }
  }

  private void layouts(TemplateContent content) {
    Map<String, TemplateLayout> layouts = content.layouts();
    if (!layouts.isEmpty() && content.outputFormat() != OutputFormat.IMAGE) {
      addViolation("layouts", "are for templates of images only");
    }
    if (layouts.size() > MAX_LAYOUTS) {
      addViolation("layouts", "must be at most " + MAX_LAYOUTS, ViolationKind.OUT_OF_RANGE);
    }
    layouts.forEach(this::layout);
  }

  private void layout(String key, TemplateLayout layout) {
    if (!LAYOUT_KEY.matcher(key).matches()) {
      addViolation("layouts", "must have keys of 1 to 64 small letters, digits and dashes");
    } else if (key.equals(TemplateLayout.DEFAULT)) {
      addViolation("layouts.default", "is the template itself");
    } else {
      text("layouts." + key + ".name", layout.name(), MAX_NAME_LENGTH);
      size("layouts." + key + ".", layout.width(), layout.height());
    }
  }

  private void html(TemplateContent content) {
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
    int bytes = pages.values().stream().mapToInt(DraftValidator::bytes).sum();
    if (bytes > MAX_BYTES) {
      addViolation(
          "layouts",
          "must have at most " + MAX_BYTES + " bytes of HTML with the template",
          ViolationKind.TOO_LONG);
    } else {
      Set<String> raw = TemplateRenderer.raw(content.variables());
      pages.forEach((field, html) -> compile(field, html, raw));
    }
  }

  private static int bytes(String html) {
    return html.getBytes(StandardCharsets.UTF_8).length;
  }

  private void compile(String field, String html, Set<String> raw) {
    if (html.isBlank()) {
      addViolation(field, "must not be empty");
    } else if (html.indexOf('\0') >= 0) {
      addViolation(field, "contains a character that cannot be stored");
    } else {
      try {
        TemplateCompiler.compile(html, ExpressionSyntax.PAGE, raw);
      } catch (MalformedTemplateException e) {
        addViolation(field, e.getMessage() == null ? "is no template" : e.getMessage());
      }
    }
  }

  private void variables(List<Variable> variables) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < variables.size(); i++) {
      variable("variable_definitions." + i + ".", variables.get(i));
      if (!names.add(variables.get(i).name())) {
        addViolation("variable_definitions." + i + ".name", "is given twice");
      }
    }
    if (variables.size() > MAX_VARIABLES) {
      addViolation(
          "variable_definitions", "must be at most " + MAX_VARIABLES, ViolationKind.OUT_OF_RANGE);
    }
  }

  private void variable(String prefix, Variable variable) {
    text(prefix + "name", variable.name(), MAX_LABEL_LENGTH);
    String description = variable.description();
    if (description != null && description.length() > MAX_DESCRIPTION_LENGTH) {
      addViolation(
          prefix + "description",
          "must be at most " + MAX_DESCRIPTION_LENGTH + " characters",
          ViolationKind.TOO_LONG);
    }
    Integer least = variable.validation().minLength();
    Integer most = variable.validation().maxLength();
    if ((least != null && least < 0)
        || (most != null && most < 0)
        || (least != null && most != null && least > most)) {
      addViolation(
          prefix + "validation",
          "must have lengths from 0, the least not above the most",
          ViolationKind.OUT_OF_RANGE);
    }
    defaultValue(prefix + "default_value", variable);
  }

  private void defaultValue(String field, Variable variable) {
    JsonNode value = variable.defaultValue();
    if (value == null) {
      return;
    }
    if (value.toString().length() > MAX_DEFAULT_LENGTH) {
      addViolation(
          field,
          "must be at most " + MAX_DEFAULT_LENGTH + " characters of JSON",
          ViolationKind.TOO_LONG);
    }
    String violation = VariableValidator.violation(variable, value);
    if (violation != null) {
      addViolation(
          field,
          violation,
          variable.type().accepts(value) ? ViolationKind.OUT_OF_RANGE : ViolationKind.WRONG_TYPE);
    }
  }

  private void addViolation(String field, String message) {
    addViolation(field, message, ViolationKind.MALFORMED);
  }

  private void addViolation(String field, String message, ViolationKind kind) {
    found.add(new Violation(field, message, kind));
  }
}
