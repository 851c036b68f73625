package io.headgate.extract;

import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Validates schemas and extracted values with the JSON Schema validator. */
final class SchemaValidator {

  private static final SpecificationVersion LATEST = SpecificationVersion.DRAFT_2020_12;
  private static final Map<String, SpecificationVersion> BY_NAME =
      Map.of(
          "json-schema.org/draft/2020-12/schema", LATEST,
          "json-schema.org/draft/2019-09/schema", SpecificationVersion.DRAFT_2019_09,
          "json-schema.org/draft-07/schema", SpecificationVersion.DRAFT_7);

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder().regularExpressionFactory(SchemaValidator::unanchored).build();

  private final Schema compiled;

  private SchemaValidator(Schema compiled) {
    this.compiled = compiled;
  }

  /**
   * Compiles a schema.
   *
   * @param schema a schema without {@link #faults}
   */
  static SchemaValidator of(JsonNode schema) {
    JsonNode plain = SchemaKeywords.forValidator(schema);
    return new SchemaValidator(registry(version(schema).orElse(LATEST)).getSchema(plain));
  }

  /** Returns where the schema violates its meta-schema. */
  static Stream<SchemaFault> faults(JsonNode schema) {
    Optional<SpecificationVersion> version = version(schema);
    if (version.isEmpty()) {
      return Stream.of(
          new SchemaFault("$schema", "must be draft 2020-12, 2019-09 or 07 of json-schema.org"));
    }
    try {
      return registry(version.get())
          .getSchema(SchemaLocation.of(version.get().getDialectId()))
          .validate(schema)
          .stream()
          .map(error -> new SchemaFault(dottedPath(error), error.getMessage()))
          .distinct()
          .sorted(Comparator.comparing(SchemaFault::path));
    } catch (SchemaException e) {
      return Stream.of(new SchemaFault("", "is not a JSON Schema"));
    }
  }

  /** Returns the first violation of the schema as a sentence; empty if the value is valid. */
  Optional<String> firstViolation(JsonNode value) {
    List<Error> errors = compiled.validate(value);
    return errors.stream()
        .map(error -> {
          String path = dottedPath(error);
          return (path.isEmpty() ? "the value found" : "the value found for " + path)
              + " does not match the schema: "
              + error.getMessage();
        })
        .sorted()
        .findFirst();
  }

  /** JSON Schema patterns are not anchored: they may match a part of the value. */
  private static RegularExpression unanchored(String regex) {
    Pattern pattern = SafeRegex.compile(regex);
    return value -> pattern.matcher(value).find();
  }

  private static Optional<SpecificationVersion> version(JsonNode schema) {
    JsonNode declared = schema.path("$schema");
    if (declared.isMissingNode()) {
      return Optional.of(LATEST);
    }
    String plain = declared.asString("").replaceFirst("^https?://", "").replaceFirst("#$", "");
    return Optional.ofNullable(BY_NAME.get(plain));
  }

  /** Creates a new registry for each schema, because it caches schemas by user-chosen URIs. */
  private static SchemaRegistry registry(SpecificationVersion version) {
    return SchemaRegistry.withDefaultDialect(
        version, builder -> builder.schemaRegistryConfig(CONFIG));
  }

  private static String dottedPath(Error error) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      path.append(path.isEmpty() ? "" : ".").append(step);
    }
    return path.toString();
  }
}
