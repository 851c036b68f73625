package io.headgate.http;

import io.headgate.batch.Flaw;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Describes to clients why their JSON could not be read, without class names or library messages.
 */
public final class Misread {

  private Misread() {}

  /** Returns one or more errors, each with pointer and field. */
  public static List<InputError> explain(JacksonException e) {
    String pointer = pointer(e.getPath());
    String field = field(e.getPath());
    if (invalidInput(e) instanceof InvalidInput invalid) {
      return invalid.errors().stream().map(error -> error.under(pointer, field)).toList();
    }
    return List.of(
        new InputError(pointer, null, field.isEmpty() ? null : field, message(e, field), flaw(e)));
  }

  private static @org.jspecify.annotations.Nullable Throwable invalidInput(Throwable e) {
    Throwable at = e;
    while (at != null && !(at instanceof InvalidInput)) {
      at = at.getCause();
    }
    return at;
  }

  private static String message(JacksonException e, String field) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "is not a known field; known are: " + sorted(unknown.getKnownPropertyIds());
      case MismatchedInputException mismatch -> mismatch(mismatch, field);
      case InputCoercionException overflow -> "must be " + wanted(overflow.getTargetType());
      case StreamConstraintsException constraint -> constraint(constraint);
      case StreamReadException malformed -> malformed(malformed);
      default -> "cannot be read";
    };
  }

  private static Flaw flaw(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException _ -> Flaw.MALFORMED;
      case MismatchedInputException mismatch -> mismatched(mismatch.getTargetType());
      case InputCoercionException _ -> Flaw.OUT_OF_RANGE;
      case StreamConstraintsException _ -> Flaw.TOO_LONG;
      default -> Flaw.MALFORMED;
    };
  }

  private static Flaw mismatched(@org.jspecify.annotations.Nullable Class<?> wanted) {
    return wanted != null && wanted.isEnum() ? Flaw.MALFORMED : Flaw.WRONG_TYPE;
  }

  private static String sorted(@org.jspecify.annotations.Nullable Collection<Object> known) {
    return known == null
        ? "none"
        : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String mismatch(MismatchedInputException e, String field) {
    if (e.getCurrentToken() == null && field.isEmpty()) {
      return "the body is empty or ends too early";
    }
    String wanted = wanted(e.getTargetType());
    return field.isEmpty() ? "the body must be " + wanted : "must be " + wanted;
  }

  private static String wanted(@org.jspecify.annotations.Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return "one of " + words(type);
    }
    return SIMPLE.getOrDefault(type, shape(type));
  }

  private static final Map<Class<?>, String> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, "a string"),
          Map.entry(int.class, "an integer of 32 bits"),
          Map.entry(Integer.class, "an integer of 32 bits"),
          Map.entry(long.class, "an integer of 64 bits"),
          Map.entry(Long.class, "an integer of 64 bits"),
          Map.entry(double.class, "a number"),
          Map.entry(Double.class, "a number"),
          Map.entry(java.math.BigDecimal.class, "a number"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(Instant.class, "an RFC 3339 time such as 2026-11-21T10:00:00Z"),
          Map.entry(UUID.class, "an id"));

  private static String shape(Class<?> type) {
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    return JsonNode.class.equals(type) ? "JSON" : "an object";
  }

  private static String words(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String constraint(StreamConstraintsException e) {
    return e.getOriginalMessage().contains("nesting depth")
        ? "nests deeper than " + Json.MAX_DEPTH + " levels"
        : "contains a number, name or string that is too long";
  }

  private static String malformed(StreamReadException e) {
    String at =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return e.getOriginalMessage().startsWith("Duplicate Object property")
        ? "a key is repeated" + at
        : "the JSON is malformed" + at;
  }

  private static String pointer(List<Reference> path) {
    return path.stream()
        .map(step -> "/" + name(step).replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private static String field(List<Reference> path) {
    return path.stream().map(Misread::name).collect(Collectors.joining("."));
  }

  private static String name(Reference step) {
    return step.getPropertyName() == null
        ? Integer.toString(step.getIndex())
        : step.getPropertyName();
  }
}
