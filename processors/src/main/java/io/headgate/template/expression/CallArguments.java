package io.headgate.template.expression;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The arguments of one call, converted to the types that the function needs. */
record CallArguments(String function, List<JsonNode> all) {

  private static final List<String> PLACES = List.of("first", "second", "third", "fourth");

  /** The argument, or a missing node when it was not given. */
  JsonNode value(int index) {
    return index < all.size() ? all.get(index) : MissingNode.getInstance();
  }

  boolean given(int index) {
    return !JsonValues.isAbsent(value(index));
  }

  /** A text, number or boolean as text; a missing value is empty text. */
  String text(int index) {
    JsonNode value = value(index);
    if (value.isContainer()) {
      throw error(index, "text");
    }
    return JsonValues.display(value);
  }

  String text(int index, String otherwise) {
    return given(index) ? text(index) : otherwise;
  }

  double number(int index) {
    OptionalDouble number = JsonValues.numeric(value(index));
    return number.orElseThrow(() -> error(index, "a number"));
  }

  int whole(int index, int least, int most) {
    double number = number(index);
    if (number != Math.rint(number) || number < least || number > most) {
      throw error(index, "a whole number from " + least + " to " + most);
    }
    return (int) number;
  }

  int whole(int index, int least, int most, int otherwise) {
    return given(index) ? whole(index, least, most) : otherwise;
  }

  /** The numbers of a list that is the only argument, or the arguments themselves. */
  double[] numbers() {
    boolean listed = all.size() == 1 && value(0).isArray();
    DoubleStream numbers =
        listed
            ? StreamSupport.stream(value(0).spliterator(), false).mapToDouble(this::numberInList)
            : java.util.stream.IntStream.range(0, all.size()).mapToDouble(this::number);
    return numbers.toArray();
  }

  private double numberInList(JsonNode value) {
    return JsonValues.numeric(value)
        .orElseThrow(() ->
            new ExpressionException(
                function
                    + " needs a list of numbers, and one holds "
                    + JsonValues.describe(value)));
  }

  /** True when the argument is a list. */
  boolean list(int index) {
    return value(index).isArray();
  }

  /** A language tag such as {@code de-DE}; American English by default. */
  Locale locale(int index) {
    if (!given(index)) {
      return Locale.US;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text(index)).build();
      if (locale.getLanguage().isEmpty()) {
        throw error(index, "a language tag such as en-US");
      }
      return locale;
    } catch (java.util.IllformedLocaleException e) {
      throw error(index, "a language tag such as en-US");
    }
  }

  ExpressionException error(int index, String needed) {
    return new ExpressionException(
        function
            + " needs "
            + needed
            + " as its "
            + PLACES.get(Math.min(index, PLACES.size() - 1))
            + " argument and got "
            + JsonValues.describe(value(index)));
  }
}
