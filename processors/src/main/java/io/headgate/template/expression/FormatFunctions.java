package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Functions that format numbers and times for a locale: en-US and UTC by default. */
final class FormatFunctions {

  private static final int MAX_DIGITS = 15;

  private FormatFunctions() {}

  static List<TemplateFunction> all() {
    return List.of(
        new TemplateFunction("currency", 1, 4, VariableUse.NUMBER, FormatFunctions::currency),
        new TemplateFunction("number", 1, 3, VariableUse.NUMBER, FormatFunctions::number),
        new TemplateFunction("percent", 1, 3, VariableUse.NUMBER, FormatFunctions::percent),
        new TemplateFunction("date", 1, 4, VariableUse.OTHER, FormatFunctions::date),
        new TemplateFunction("time", 1, 4, VariableUse.OTHER, FormatFunctions::time));
  }

  /** {@code currency(amount, code, locale, digits)}. */
  private static JsonNode currency(CallArguments call) {
    NumberFormat format = NumberFormat.getCurrencyInstance(call.locale(2));
    Currency currency = code(call);
    format.setCurrency(currency);
    digits(format, call.whole(3, 0, MAX_DIGITS, Math.max(0, currency.getDefaultFractionDigits())));
    return written(format, call.number(0));
  }

  private static Currency code(CallArguments call) {
    try {
      return Currency.getInstance(call.text(1, "USD").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw call.error(1, "a currency code such as USD");
    }
  }

  /** {@code number(value, digits, locale)}: all its digits by default. */
  private static JsonNode number(CallArguments call) {
    NumberFormat format = NumberFormat.getNumberInstance(call.locale(2));
    format.setMaximumFractionDigits(MAX_DIGITS);
    if (call.given(1)) {
      digits(format, call.whole(1, 0, MAX_DIGITS));
    }
    return written(format, call.number(0));
  }

  /** {@code percent(ratio, digits, locale)}. */
  private static JsonNode percent(CallArguments call) {
    NumberFormat format = NumberFormat.getPercentInstance(call.locale(2));
    digits(format, call.whole(1, 0, MAX_DIGITS, 0));
    return written(format, call.number(0));
  }

  private static void digits(NumberFormat format, int digits) {
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
  }

  private static JsonNode written(NumberFormat format, double number) {
    format.setRoundingMode(RoundingMode.HALF_UP);
    return JsonValues.text(format.format(BigDecimal.valueOf(number)));
  }

  /** {@code date(moment, pattern, zone, locale)}; empty for a missing time. */
  private static JsonNode date(CallArguments call) {
    return moment(call)
        .map(at ->
            JsonValues.text(DatePattern.date(call.text(1, "MMM D, YYYY"), at, call.locale(3))))
        .orElseGet(() -> JsonValues.text(""));
  }

  /** {@code time(moment, pattern, zone, locale)}; empty for a missing time. */
  private static JsonNode time(CallArguments call) {
    return moment(call)
        .map(at -> JsonValues.text(DatePattern.time(call.text(1, "h:mm A"), at, call.locale(3))))
        .orElseGet(() -> JsonValues.text(""));
  }

  private static Optional<ZonedDateTime> moment(CallArguments call) {
    if (!call.given(0) || call.text(0).isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        call.value(0).isNumber()
            ? DateText.ofMilliseconds(call.number(0), zone(call))
            : DateText.read(call.text(0), zone(call))
                .orElseThrow(() -> call.error(0, "a time such as 2026-11-21T10:00:00Z")));
  }

  private static ZoneId zone(CallArguments call) {
    try {
      return call.given(2) ? ZoneId.of(call.text(2)) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      throw call.error(2, "a time zone such as Europe/Berlin");
    }
  }
}
