package io.headgate.http;

import io.headgate.batch.ViolationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads and writes the JSON of the native API: names in snake_case, instants in UTC with exactly
 * three decimals, enum constants in lower case. Reading refuses unknown fields, repeated keys,
 * other types and trailing text. Safe for use by several threads.
 */
public final class Json {

  /** Maximum nesting depth of a client's JSON. */
  public static final int MAX_DEPTH = 64;

  /** Maximum size in bytes of a JSON body that is read into memory. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final JsonMapper MAPPER = build();

  private Json() {}

  private static JsonMapper build() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enumNamingStrategy(EnumNamingStrategies.LOWER_CASE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .addModule(
            new SimpleModule("headgate")
                .addSerializer(Instant.class, new Rfc3339.InstantSerializer())
                .addDeserializer(Instant.class, new Rfc3339.InstantDeserializer())
                .addDeserializer(String.class, new StorableStringDeserializer()))
        .build();
  }

  /** The mapper, for streams and trees. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Returns the value as JSON in UTF-8. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads JSON in UTF-8; the value {@code null} is refused.
   *
   * @throws ProblemException {@code invalid-request} that names the field
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return requireNotNull(MAPPER.readValue(json, type));
    } catch (tools.jackson.core.JacksonException e) {
      throw Problem.invalid(JsonErrorMapper.toInputErrors(e)).asException();
    }
  }

  // JSON null is a value of every type.
  private static <T> T requireNotNull(@Nullable T value) {
    if (value == null) {
      throw Problem.invalid(
              InputError.ofBody("the body must not be null", ViolationKind.WRONG_TYPE))
          .asException();
    }
    return value;
  }

  /** Like {@link #read(byte[], Class)}, for generic types. */
  public static <T> T read(byte[] json, TypeReference<T> type) {
    try {
      return requireNotNull(MAPPER.readValue(json, type));
    } catch (tools.jackson.core.JacksonException e) {
      throw Problem.invalid(JsonErrorMapper.toInputErrors(e)).asException();
    }
  }
}
