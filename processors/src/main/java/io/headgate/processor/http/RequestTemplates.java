package io.headgate.processor.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.template.FilledText;
import io.headgate.template.ParsedTextTemplate;
import io.headgate.template.TextTemplate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The templates of requests, compiled once and kept while they are in use. For many threads. */
final class RequestTemplates {

  /** Where a text goes, and so how its values are escaped. */
  enum EscapeTarget {
    /** Path or query of a URL, and form fields. */
    URL,
    /** Inside a string of JSON text. */
    JSON,
    XML,
    PLAIN
  }

  /**
   * The values of an item make no request. The message is for the client. It repeats no part of a
   * template, which may hold a secret, except the path of a placeholder.
   */
  static final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
      super(message);
    }
  }

  /** The limit of the characters of all kept templates, counting {@link #OVERHEAD} for each. */
  private static final long MAX_KEPT_WEIGHT = 8_000_000;

  private static final int OVERHEAD = 1_000;

  private final Cache<String, ParsedTextTemplate> parsed =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT_WEIGHT)
          .weigher((String source, ParsedTextTemplate template) -> OVERHEAD + source.length())
          .executor(Runnable::run)
          .build();

  private static UnaryOperator<String> escaping(EscapeTarget place) {
    return switch (place) {
      case URL -> text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
      case JSON -> text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
      case XML -> RequestTemplates::xml;
      case PLAIN -> UnaryOperator.identity();
    };
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }

  /** Why {@code text} is not a template; empty when it is one. */
  Optional<String> problem(String text) {
    return parse(text) instanceof ParsedTextTemplate.Malformation wrong
        ? Optional.of(sentence(wrong))
        : Optional.empty();
  }

  /**
   * Fills {@code text} in and escapes its values for {@code place}.
   *
   * @param timeLimit what is left of the attempt
   * @throws InvalidRequestException when a placeholder has no value or a limit is exceeded
   */
  String render(EscapeTarget place, String text, JsonNode variables, Duration timeLimit)
      throws InterruptedException {
    return fill(text, variables, new TextTemplate.Filling(escaping(place), false, false, timeLimit))
        .asString();
  }

  /** The same for a URL: a value at its very start is the address itself and is not escaped. */
  String renderUrl(String text, JsonNode variables, Duration timeLimit)
      throws InterruptedException {
    return fill(
            text,
            variables,
            new TextTemplate.Filling(escaping(EscapeTarget.URL), true, false, timeLimit))
        .asString();
  }

  /** The same for a string of a JSON body: one placeholder alone gives its value as it is. */
  JsonNode renderJson(String text, JsonNode variables, Duration timeLimit)
      throws InterruptedException {
    return fill(
        text,
        variables,
        new TextTemplate.Filling(escaping(EscapeTarget.PLAIN), false, true, timeLimit));
  }

  private JsonNode fill(String text, JsonNode variables, TextTemplate.Filling filling)
      throws InterruptedException {
    if (!text.contains("{{")) {
      return JsonNodeFactory.instance.stringNode(text);
    }
    FilledText filled =
        switch (parse(text)) {
          case ParsedTextTemplate.Malformation wrong ->
              throw new InvalidRequestException(sentence(wrong));
          case TextTemplate template -> template.fill(variables, filling);
        };
    return switch (filled) {
      case FilledText.Filled(JsonNode value) -> value;
      case FilledText.NoValue(String expression, int line, boolean path) ->
          throw new InvalidRequestException(
              path
                  ? "the placeholder {{" + expression + "}} has no value"
                  : "the placeholder of line " + line + " has no value");
      case FilledText.TextTooLarge(String message) -> throw new InvalidRequestException(message);
    };
  }

  private ParsedTextTemplate parse(String text) {
    return text.contains("{{") ? parsed.get(text, TextTemplate::parse) : TextTemplate.parse("");
  }

  private static String sentence(ParsedTextTemplate.Malformation wrong) {
    return "is not a template, see line " + wrong.line() + ", column " + wrong.column();
  }
}
