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
  private static final List<String> SAYING =
      List.of("name", "value", "@value", "text", "headline", "title", "url", "@id");
  private static final List<String> LEADING = List.of("url", "contentUrl", "@id", "href", "src");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?|ftp|mailto|tel|data):\\S+|[./?#]\\S*|//\\S+");

  /** The repetition is bounded because an unbounded one uses a stack frame for every label. */
  private static final Pattern HOST =
      Pattern.compile("(?i)([a-z0-9-]{1,63}\\.){1,10}[a-z]{2,63}(/\\S*)?");

  private static final Pattern MAIL =
      Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}");

  private final Shape.Scalar scalar;
  private final Scope scope;

  Coercion(Shape.Scalar scalar, Scope scope) {
    this.scalar = scalar;
    this.scope = scope;
  }

  Optional<JsonNode> of(Value value) {
    return switch (value) {
      case Value.Json(JsonNode node) -> ofJson(node);
      case Value.Words(String text, Element element) -> ofWords(text, element);
    };
  }

  private Optional<JsonNode> ofJson(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().flatMap(one -> ofJson(one).stream()).findFirst();
    }
    if (node.isObject()) {
      return scalar.kinds().contains(Shape.Kind.ANYTHING) ? Optional.of(node) : ofMember(node);
    }
    if (node.isNull()) {
      return Optional.empty();
    }
    boolean same =
        scalar.choices().isEmpty()
            && ((node.isBoolean() && scalar.kinds().contains(Shape.Kind.BOOLEAN))
                || (node.isNumber() && scalar.kinds().contains(Shape.Kind.NUMBER))
                || (node.isIntegralNumber() && scalar.kinds().contains(Shape.Kind.INTEGER)));
    return same ? Optional.of(node) : ofWords(node.asString(), null);
  }

  private Optional<JsonNode> ofMember(JsonNode object) {
    if (object.path("item").isObject() && object.path("@type").asString("").equals("ListItem")) {
      return ofMember(object.path("item"));
    }
    if (object.path("@type").asString("").equals("PropertyValue") && object.has("value")) {
      return ofJson(object.path("value"));
    }
    for (String name : scalar.address() ? LEADING : SAYING) {
      JsonNode member = object.path(name);
      if (!member.isMissingNode() && !member.isObject()) {
        return ofJson(member);
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> ofWords(String words, @Nullable Element element) {
    String text = element == null || !words.equals(element.text()) ? words : spoken(element);
    text = text.strip();
    if (element != null && !text.equals(words)) {
      JsonNode plain = Numbers.forPrograms(text, Locale.forLanguageTag(scope.language()));
      if (plain.isNumber()) {
        return ofJson(plain);
      }
    }
    if (!scalar.choices().isEmpty()) {
      return choice(text);
    }
    boolean whole = scalar.kinds().size() > 1;
    for (Shape.Kind kind : scalar.kinds()) {
      Optional<JsonNode> coerced = ofKind(kind, text, element, whole);
      if (coerced.isPresent()) {
        return coerced;
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> ofKind(
      Shape.Kind kind, String text, @Nullable Element element, boolean whole) {
    return switch (kind) {
      case BOOLEAN -> truth(text).map(JSON::booleanNode);
      case INTEGER -> number(text, whole).filter(Coercion::integral).map(Coercion::node);
      case NUMBER -> number(text, whole).map(Coercion::node);
      case STRING -> string(text, element);
      case ANYTHING -> Optional.empty();
    };
  }

  /** The machine-readable value in an attribute of the element, or its text if it has none. */
  private String spoken(Element element) {
    boolean plain = scalar.kinds().contains(Shape.Kind.STRING) && scalar.format().isEmpty();
    String attribute =
        switch (element.normalName()) {
          case "meta" -> "content";
          case "time" -> plain ? "" : "datetime";
          case "data", "meter", "progress" -> plain ? "" : "value";
          case "input" -> "value";
          case "img" -> scalar.address() ? "" : "alt";
          default -> "content";
        };
    String said = attribute.isEmpty() ? "" : element.attr(attribute);
    if (said.isEmpty() && scalar.format().startsWith("date")) {
      Element time = element.selectFirst("time[datetime]");
      said = time == null ? "" : time.attr("datetime");
    }
    return said.isEmpty() ? element.text() : said;
  }

  private Optional<JsonNode> choice(String text) {
    String key = Names.key(Entities.local(text));
    Optional<JsonNode> byWords =
        scalar.choices().stream()
            .filter(choice ->
                choice.asString().equalsIgnoreCase(text)
                    || (!key.isEmpty() && key.equals(Names.key(choice.asString()))))
            .findFirst();
    return byWords.or(() ->
        number(text, false)
            .flatMap(number ->
                scalar.choices().stream()
                    .filter(one -> one.isNumber() && one.decimalValue().compareTo(number) == 0)
                    .findFirst()));
  }

  private static Optional<Boolean> truth(String text) {
    String key = Names.key(Entities.local(text));
    if (TRUE.contains(key) || text.equals("✓") || text.equals("✔")) {
      return Optional.of(true);
    }
    return FALSE.contains(key) || text.equals("✗") || text.equals("✘")
        ? Optional.of(false)
        : Optional.empty();
  }

  private Optional<BigDecimal> number(String text, boolean whole) {
    return Numbers.read(text, Locale.forLanguageTag(scope.language()), whole);
  }

  private static boolean integral(BigDecimal number) {
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
              Dates.read(text, scope.language(), scalar.format().equals("date"));
          case "email", "idn-email" -> mail(text, element);
          default ->
              scalar.address()
                  ? address(text, element)
                  : Optional.of(text).filter(words -> !words.isEmpty());
        };
    return string.map(JSON::stringNode);
  }

  private static Optional<String> mail(String text, @Nullable Element element) {
    Element link = element == null ? null : element.selectFirst("a[href^=mailto:]");
    Matcher mail = MAIL.matcher(link == null ? text : link.attr("href") + " " + text);
    return mail.find() ? Optional.of(mail.group()) : Optional.empty();
  }

  private Optional<String> address(String text, @Nullable Element element) {
    if (ADDRESS.matcher(text).matches()) {
      return absolute(text);
    }
    if (element != null) {
      Element lead = element.selectFirst("[href], [src]");
      if (lead != null) {
        return Optional.of(lead.absUrl(lead.hasAttr("href") ? "href" : "src"))
            .filter(url -> !url.isEmpty());
      }
    }
    return HOST.matcher(text).matches() ? Optional.of("https://" + text) : Optional.empty();
  }

  private Optional<String> absolute(String address) {
    String absolute =
        new Element(Tag.valueOf("a"), scope.base()).attr("href", address).absUrl("href");
    return Optional.of(absolute.isEmpty() ? address : absolute);
  }
}
