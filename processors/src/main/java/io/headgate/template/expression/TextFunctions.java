package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Functions of texts. A missing value counts as empty text. */
final class TextFunctions {

  private static final int MAX_PADDED_LENGTH = 10_000;

  private TextFunctions() {}

  static List<TemplateFunction> all() {
    return List.of(
        simple("uppercase", text -> text.toUpperCase(Locale.ROOT)),
        simple("lowercase", text -> text.toLowerCase(Locale.ROOT)),
        simple("capitalize", TextFunctions::capitalized),
        simple("titleCase", TextFunctions::titled),
        simple("trim", String::strip),
        new TemplateFunction("truncate", 1, 3, VariableUse.OTHER, TextFunctions::truncate),
        new TemplateFunction("replace", 3, 3, VariableUse.OTHER, TextFunctions::replace),
        new TemplateFunction("split", 1, 2, VariableUse.OTHER, TextFunctions::split),
        new TemplateFunction("padStart", 2, 3, VariableUse.OTHER, call -> pad(call, true)),
        new TemplateFunction("padEnd", 2, 3, VariableUse.OTHER, call -> pad(call, false)),
        new TemplateFunction(
            "concat", 1, TemplateFunction.ANY, VariableUse.OTHER, TextFunctions::concat));
  }

  private static TemplateFunction simple(String name, UnaryOperator<String> change) {
    return new TemplateFunction(
        name, 1, 1, VariableUse.OTHER, call -> JsonValues.text(change.apply(call.text(0))));
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }

  /** Capitalizes every word and keeps the separators. */
  private static String titled(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      titled.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetterOrDigit(c) || (inWord && (c == '\'' || c == '’'));
      i += Character.charCount(c);
    }
    return titled.toString();
  }

  /** Shortens a text to a number of characters, including the ending. */
  private static JsonNode truncate(CallArguments call) {
    String text = call.text(0);
    int most = call.whole(1, 0, TemplateLimits.MAX_TEXT, 100);
    String ending = call.text(2, "…");
    if (text.codePointCount(0, text.length()) <= most) {
      return JsonValues.text(text);
    }
    int kept = Math.max(0, most - ending.codePointCount(0, ending.length()));
    String head = text.substring(0, text.offsetByCodePoints(0, kept)).stripTrailing();
    return JsonValues.text(head + cut(ending, most));
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** Replaces every literal occurrence; patterns are not supported. */
  private static JsonNode replace(CallArguments call) {
    String text = call.text(0);
    String sought = call.text(1);
    String with = call.text(2);
    if (sought.isEmpty()) {
      return JsonValues.text(text);
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int found = text.indexOf(sought);
    while (found >= 0) {
      replaced.append(text, from, found).append(with);
      requireShort(replaced);
      from = found + sought.length();
      found = text.indexOf(sought, from);
    }
    return JsonValues.text(replaced.append(text, from, text.length()).toString());
  }

  private static void requireShort(StringBuilder text) {
    if (text.length() > TemplateLimits.MAX_TEXT) {
      throw new ExpressionException(
          "a text is longer than " + TemplateLimits.MAX_TEXT + " characters");
    }
  }

  private static JsonNode split(CallArguments call) {
    String text = call.text(0);
    String separator = call.text(1, ",");
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    if (separator.isEmpty()) {
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return parts;
    }
    int from = 0;
    int found = text.indexOf(separator);
    while (found >= 0) {
      parts.add(text.substring(from, found));
      from = found + separator.length();
      found = text.indexOf(separator, from);
    }
    return parts.add(text.substring(from));
  }

  private static JsonNode pad(CallArguments call, boolean start) {
    StringBuilder text = new StringBuilder(call.text(0));
    int missing = call.whole(1, 0, MAX_PADDED_LENGTH) - text.codePointCount(0, text.length());
    int[] filler = call.text(2, " ").codePoints().toArray();
    StringBuilder fill = new StringBuilder();
    for (int i = 0; i < missing && filler.length > 0; i++) {
      fill.appendCodePoint(filler[i % filler.length]);
    }
    return JsonValues.text(start ? fill.append(text).toString() : text.append(fill).toString());
  }

  private static JsonNode concat(CallArguments call) {
    StringBuilder all = new StringBuilder();
    for (JsonNode one : call.all()) {
      all.append(JsonValues.display(one));
      requireShort(all);
    }
    return JsonValues.text(all.toString());
  }
}
