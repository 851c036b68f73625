package io.headgate.extract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Converts a found value to the type that the schema requires, if it can be converted. */
final class Coercion {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TRUE =
      Set.of(
          "true",
          "yes",
          "y",
          "on",
          "1",
          "ja",
          "oui",
          "si",
          "sí",
          "available",
          "instock",
          "checked");
  private static final Set<String> FALSE =
      Set.of("false", "no", "n", "off", "0", "nein", "non", "unavailable", "outofstock", "soldout");
  private static final List<String> TEXT_MEMBERS =
      List.of("name", "value", "@value", "text", "headline", "title", "url", "@id");
  private static final List<String> URL_MEMBERS =
      List.of("url", "contentUrl", "@id", "href", "src");
  private static final Pattern URL =
      Pattern.compile("(?i)(https?|ftp|mailto|tel|data):\\S+|[./?#]\\S*|//\\S+");

  /** The repetition is bounded because an unbounded one uses a stack frame for every label. */
  private static final Pattern HOST =
      Pattern.compile("(?i)([a-z0-9-]{1,63}\\.){1,10}[a-z]{2,63}(/\\S*)?");

  private static final Pattern EMAIL =
      Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");

  private final SchemaNode.ScalarSchema scalar;
  private final SearchScope scope;

  Coercion(SchemaNode.ScalarSchema scalar, SearchScope scope) {
    this.scalar = scalar;
    this.scope = scope;
  }

  Optional<JsonNode> of(FoundValue value) {
    return switch (value) {
      case FoundValue.JsonValue(JsonNode node) -> ofJson(node);
      case FoundValue.TextValue(String text, Element element) -> ofText(text, element);
    };
  }

  private Optional<JsonNode> ofJson(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().flatMap(one -> ofJson(one).stream()).findFirst();
    }
    if (node.isObject()) {
      return scalar.kinds().contains(SchemaNode.ScalarKind.ANY_OBJECT)
          ? Optional.of(node)
          : ofMember(node);
    }
    if (node.isNull()) {
      return Optional.empty();
    }
    boolean same =
        scalar.choices().isEmpty()
            && ((node.isBoolean() && scalar.kinds().contains(SchemaNode.ScalarKind.BOOLEAN))
                || (node.isNumber() && scalar.kinds().contains(SchemaNode.ScalarKind.NUMBER))
                || (node.isIntegralNumber()
                    && scalar.kinds().contains(SchemaNode.ScalarKind.INTEGER)));
    return same ? Optional.of(node) : ofText(node.asString(), null);
  }

  private Optional<JsonNode> ofMember(JsonNode object) {
    if (object.path("item").isObject() && object.path("@type").asString("").equals("ListItem")) {
      return ofMember(object.path("item"));
    }
    if (object.path("@type").asString("").equals("PropertyValue") && object.has("value")) {
      return ofJson(object.path("value"));
    }
    for (String name : scalar.isUrl() ? URL_MEMBERS : TEXT_MEMBERS) {
      JsonNode member = object.path(name);
      if (!member.isMissingNode() && !member.isObject()) {
        return ofJson(member);
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> ofText(String rawText, @Nullable Element element) {
    String text =
        element == null || !rawText.equals(element.text()) ? rawText : machineReadableText(element);
    text = text.strip();
    if (element != null && !text.equals(rawText)) {
      JsonNode plain = NumberParser.machineReadable(text, Locale.forLanguageTag(scope.language()));
      if (plain.isNumber()) {
        return ofJson(plain);
      }
    }
    if (!scalar.choices().isEmpty()) {
      return choice(text);
    }
    boolean exact = scalar.kinds().size() > 1;
    for (SchemaNode.ScalarKind kind : scalar.kinds()) {
      Optional<JsonNode> coerced = ofKind(kind, text, element, exact);
      if (coerced.isPresent()) {
        return coerced;
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> ofKind(
      SchemaNode.ScalarKind kind, String text, @Nullable Element element, boolean exact) {
    return switch (kind) {
      case BOOLEAN -> toBoolean(text).map(JSON::booleanNode);
      case INTEGER -> number(text, exact).filter(Coercion::isIntegral).map(Coercion::node);
      case NUMBER -> number(text, exact).map(Coercion::node);
      case STRING -> string(text, element);
      case ANY_OBJECT -> Optional.empty();
    };
  }

  /** The machine-readable value in an attribute of the element, or its text if it has none. */
  private String machineReadableText(Element element) {
    boolean plain =
        scalar.kinds().contains(SchemaNode.ScalarKind.STRING) && scalar.format().isEmpty();
    String attribute =
        switch (element.normalName()) {
          case "meta" -> "content";
          case "time" -> plain ? "" : "datetime";
          case "data", "meter", "progress" -> plain ? "" : "value";
          case "input" -> "value";
          case "img" -> scalar.isUrl() ? "" : "alt";
          default -> "content";
        };
    String value = attribute.isEmpty() ? "" : element.attr(attribute);
    if (value.isEmpty() && scalar.format().startsWith("date")) {
      Element time = element.selectFirst("time[datetime]");
      value = time == null ? "" : time.attr("datetime");
    }
    return value.isEmpty() ? element.text() : value;
  }

  private Optional<JsonNode> choice(String text) {
    String key = PropertyNames.key(Entities.localName(text));
    Optional<JsonNode> byText =
        scalar.choices().stream()
            .filter(choice ->
                choice.asString().equalsIgnoreCase(text)
                    || (!key.isEmpty() && key.equals(PropertyNames.key(choice.asString()))))
            .findFirst();
    return byText.or(() ->
        number(text, false)
            .flatMap(number ->
                scalar.choices().stream()
                    .filter(one -> one.isNumber() && one.decimalValue().compareTo(number) == 0)
                    .findFirst()));
  }

  private static Optional<Boolean> toBoolean(String text) {
    String key = PropertyNames.key(Entities.localName(text));
    if (TRUE.contains(key) || text.equals("✓") || text.equals("✔")) {
      return Optional.of(true);
    }
    return FALSE.contains(key) || text.equals("✗") || text.equals("✘")
        ? Optional.of(false)
        : Optional.empty();
  }

  private Optional<BigDecimal> number(String text, boolean exact) {
    return NumberParser.read(text, Locale.forLanguageTag(scope.language()), exact);
  }

  private static boolean isIntegral(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static JsonNode node(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() > 0) {
      return JSON.numberNode(plain);
    }
    BigInteger whole = plain.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return JSON.numberNode(whole.intValue());
    }
    return whole.bitLength() < Long.SIZE
        ? JSON.numberNode(whole.longValue())
        : JSON.numberNode(whole);
  }

  private Optional<JsonNode> string(String text, @Nullable Element element) {
    Optional<String> string =
        switch (scalar.format()) {
          case "date", "date-time" ->
              DateParser.read(text, scope.language(), scalar.format().equals("date"));
          case "email", "idn-email" -> email(text, element);
          default ->
              scalar.isUrl()
                  ? url(text, element)
                  : Optional.of(text).filter(words -> !words.isEmpty());
        };
    return string.map(JSON::stringNode);
  }

  private static Optional<String> email(String text, @Nullable Element element) {
    Element link = element == null ? null : element.selectFirst("a[href^=mailto:]");
    Matcher matcher = EMAIL.matcher(link == null ? text : link.attr("href") + " " + text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private Optional<String> url(String text, @Nullable Element element) {
    if (URL.matcher(text).matches()) {
      return absoluteUrl(text);
    }
    if (element != null) {
      Element link = element.selectFirst("[href], [src]");
      if (link != null) {
        return Optional.of(link.absUrl(link.hasAttr("href") ? "href" : "src"))
            .filter(url -> !url.isEmpty());
      }
    }
    return HOST.matcher(text).matches() ? Optional.of("https://" + text) : Optional.empty();
  }

  private Optional<String> absoluteUrl(String relative) {
    String absolute =
        new Element(Tag.valueOf("a"), scope.base()).attr("href", relative).absUrl("href");
    return Optional.of(absolute.isEmpty() ? relative : absolute);
  }
}
