package io.headgate.http;

import io.headgate.batch.ViolationKind;
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
public final class JsonErrorMapper {

  private JsonErrorMapper() {}

  /** Returns one or more errors, each with pointer and field. */
  public static List<InputError> toInputErrors(JacksonException e) {
    String pointer = pointer(e.getPath());
    String field = field(e.getPath());
    if (findInvalidInput(e) instanceof InvalidInputException invalid) {
      return invalid.errors().stream().map(error -> error.nestedIn(pointer, field)).toList();
    }
    return List.of(
        new InputError(pointer, null, field.isEmpty() ? null : field, message(e, field), kind(e)));
  }

  private static @org.jspecify.annotations.Nullable Throwable findInvalidInput(Throwable e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof InvalidInputException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(JacksonException e, String field) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "is not a known field; known are: " + sortedNames(unknown.getKnownPropertyIds());
      case MismatchedInputException mismatch -> mismatch(mismatch, field);
      case InputCoercionException overflow -> "must be " + expected(overflow.getTargetType());
      case StreamConstraintsException constraint -> constraint(constraint);
      case StreamReadException malformed -> malformed(malformed);
      default -> "cannot be read";
    };
  }

  private static ViolationKind kind(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException _ -> ViolationKind.MALFORMED;
      case MismatchedInputException mismatch -> mismatchKind(mismatch.getTargetType());
      case InputCoercionException _ -> ViolationKind.OUT_OF_RANGE;
      case StreamConstraintsException _ -> ViolationKind.TOO_LONG;
      default -> ViolationKind.MALFORMED;
    };
  }

  private static ViolationKind mismatchKind(
      @org.jspecify.annotations.Nullable Class<?> expectedType) {
    return expectedType != null && expectedType.isEnum()
        ? ViolationKind.MALFORMED
        : ViolationKind.WRONG_TYPE;
  }

  private static String sortedNames(@org.jspecify.annotations.Nullable Collection<Object> known) {
    return known == null
        ? "none"
        : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String mismatch(MismatchedInputException e, String field) {
    if (e.getCurrentToken() == null && field.isEmpty()) {
      return "the body is empty or ends too early";
    }
    String expected = expected(e.getTargetType());
    return field.isEmpty() ? "the body must be " + expected : "must be " + expected;
  }

  private static String expected(@org.jspecify.annotations.Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return "one of " + constants(type);
    }
    return EXPECTED_BY_TYPE.getOrDefault(type, expectedShape(type));
  }

  private static final Map<Class<?>, String> EXPECTED_BY_TYPE =
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

  private static String expectedShape(Class<?> type) {
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "an array";
    }
    return JsonNode.class.equals(type) ? "JSON" : "an object";
  }

  private static String constants(Class<?> type) {
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
    String location =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return e.getOriginalMessage().startsWith("Duplicate Object property")
        ? "a key is repeated" + location
        : "the JSON is malformed" + location;
  }

  private static String pointer(List<Reference> path) {
    return path.stream()
        .map(step -> "/" + name(step).replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private static String field(List<Reference> path) {
    return path.stream().map(JsonErrorMapper::name).collect(Collectors.joining("."));
  }

  private static String name(Reference step) {
    return step.getPropertyName() == null
        ? Integer.toString(step.getIndex())
        : step.getPropertyName();
  }
}
