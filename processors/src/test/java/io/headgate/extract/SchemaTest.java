package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest extends ExtractCase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 |  | must be an object",
        "{\"type\":\"string\"} | type | must be object or array at the top level",
        "{\"type\":\"objekt\"} | type | does not have a value in the enumeration",
        "{\"properties\":{\"a\":{\"type\":7}}} | properties.a.type | integer",
        "{\"properties\":{\"a\":{\"required\":\"x\"}}} | properties.a.required | array",
        "{\"$schema\":\"https://evil.example/s\"} | $schema | must be draft 2020-12",
        "{\"properties\":{\"a\":{\"x-selector\":\"p[\"}}} | properties.a.x-selector | is not a CSS selector",
        "{\"properties\":{\"a\":{\"x-selector\":\"\"}}} | properties.a.x-selector | is an empty CSS selector",
        "{\"properties\":{\"a\":{\"x-selector\":7}}} | properties.a.x-selector | must be a string",
        "{\"properties\":{\"a\":{\"x-selector\":\"a:has(b:has(c))\"}}} | properties.a.x-selector | uses :has() with another :has() or :contains()",
        "{\"properties\":{\"a\":{\"x-regex\":\"(\"}}} | properties.a.x-regex | is not a regular expression",
        "{\"properties\":{\"a\":{\"x-regex\":\"(?=x)\"}}} | properties.a.x-regex | no look-around",
        "{\"properties\":{\"a\":{\"x-regex\":\"((a{50}){50}){50}\"}}} | properties.a.x-regex | repeats too much",
        "{\"properties\":{\"a\":{\"pattern\":\"(a)\\\\1\"}}} | properties.a.pattern | is not a regular expression",
        "{\"properties\":{\"a\":{\"x-attribute\":\"a b\"}}} | properties.a.x-attribute | is not the name of an attribute",
        "{\"properties\":{\"a\":{\"x-regx\":\"a\"}}} | properties.a.x-regx | did you mean x-regex?",
        "{\"items\":{\"properties\":{\"a\":{\"x-selectors\":\"a\"}}}} | items.properties.a.x-selectors | did you mean x-selector?",
        "{\"properties\":{\"a\":{\"$ref\":\"https://x/\"}}} | properties.a | only #/… references work",
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/b\"}}} | properties.a | which is not in the schema",
        "{\"properties\":{\"a\":{\"$dynamicRef\":\"#b\"}}} | properties.a.$dynamicRef | is not supported",
        "{\"properties\":{\"a\":{\"$ref\":\"#\"}}} | properties.a.properties.a | refers to itself through #",
      })
  void an_error_in_a_schema_is_reported_with_its_path(String schema, String path, String message) {
    List<SchemaFault> faults = ExtractionSchema.faults(json(schema));

    assertThat(faults).isNotEmpty();
    assertThat(faults.getFirst().path()).isEqualTo(path == null ? "" : path);
    assertThat(faults.getFirst().message()).contains(message);
  }

  @Test
  void a_schema_has_bounds_in_size_and_depth() {
    String wide = "\"p%d\":{},".repeat(600);
    StringBuilder properties = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      properties.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{}");
    }
    assertThat(wide).isNotEmpty();
    assertThat(ExtractionSchema.faults(json("{\"properties\":{" + properties + "}}")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("too large"));
    String deep = "{\"properties\":{\"a\":".repeat(11) + "{}" + "}}".repeat(11);
    assertThat(ExtractionSchema.faults(json(deep))).hasSize(1);
    String long100k = "{\"description\":\"" + "x".repeat(100_001) + "\"}";
    assertThat(ExtractionSchema.faults(json(long100k)))
        .containsExactly(new SchemaFault("", "is longer than 100000 characters"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"properties\":{\"a\":{}},\"required\":[\"b\"]} | required lists b, which is not in properties: it is read as text",
        "{\"properties\":{\"a\":{\"not\":[]}}} | properties.a.not is not used to find values, only to check them",
        "{\"properties\":{\"a\":{\"colour\":1}}} | properties.a.colour is not a keyword of JSON Schema and is ignored",
        "{\"properties\":{\"a\":{\"x-order\":1}}} | properties.a.x-order is unknown and is ignored; known are x-selector, x-regex and x-attribute",
        "{\"properties\":{\"a\":{\"x-ref\":1}}} | properties.a.x-ref is unknown and is ignored; known are x-selector, x-regex and x-attribute",
        "{\"properties\":{\"a\":{\"type\":\"object\"}}} | properties.a is an object without properties: only structured data can provide its value",
        "{\"properties\":{\"a\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}}} | properties.a has several alternatives: only the first is used to find values",
      })
  void an_ignored_keyword_is_a_warning(String schema, String warning) {
    assertThat(ExtractionSchema.of(json(schema.replace("[]", "{}"))).warnings())
        .containsExactly(warning);
  }

  @Test
  void an_object_without_properties_is_rejected() {
    String wrapped = "{\"name\":\"x\",\"schema\":{\"type\":\"object\"}}";

    assertThat(ExtractionSchema.faults(json(wrapped)))
        .containsExactly(
            new SchemaFault("properties", "must list at least one property to extract"));
    assertThat(ExtractionSchema.faults(json("{\"type\":\"string\"}")))
        .containsExactly(new SchemaFault("type", "must be object or array at the top level"));
  }

  @Test
  void schemas_of_the_usual_generators_pass_without_a_warning() {
    String schema =
        """
        {"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://x.example/s","title":"Thing",
         "type":"object","additionalProperties":false,"required":["name","size"],
         "properties":{"name":{"type":"string","minLength":1},"size":{"type":["number","null"]},
           "kind":{"allOf":[{"$ref":"#/definitions/Kind"}],"type":"string"}},
         "definitions":{"Kind":{"enum":["a","b"]}}}
        """;

    assertThat(ExtractionSchema.faults(json(schema))).isEmpty();
    assertThat(ExtractionSchema.of(json(schema)).warnings()).isEmpty();
    assertThat(extracted(new ExtractionSource.TextSource("Name: x"), schema))
        .isEqualTo(
            new ExtractionResult.ValidValue(json("{\"name\":\"x\",\"size\":null,\"kind\":null}")));
  }

  @Test
  void a_missing_required_property_is_reported_by_path() {
    String schema =
        """
        {"type":"object","required":["sku","seller","name"],"properties":{
          "name":{"type":"string"},"sku":{"type":["string","null"]},
          "seller":{"type":"object","properties":{"vat":{"type":"string"}}},
          "rows":{"type":"array","x-selector":"li","items":{"type":"object","required":["id"],
            "properties":{"id":{"type":"string","x-attribute":"id"},"b":{"type":"string","x-selector":"b"}}}}}}
        """;
    assertThat(
            extracted(
                new ExtractionSource.HtmlSource(
                    page("<ul><li id=1><b>x</b></li><li><b>y</b></li></ul>")),
                schema))
        .isEqualTo(new ExtractionResult.MissingProperties(List.of("name", "seller", "rows.1.id")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"minimum\":10 | price",
        "\"multipleOf\":2 | price",
      })
  void a_value_that_violates_the_schema_fails_with_its_path(String limit, String path) {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\",%s}}}"
            .formatted(limit);
    assertThat(extracted(new ExtractionSource.TextSource("Price: 7"), schema))
        .isInstanceOfSatisfying(
            ExtractionResult.InvalidValue.class,
            unfit -> assertThat(unfit.message()).contains(path));
  }

  @Test
  void a_pattern_may_match_a_part_of_the_value_as_the_standard_requires() {
    String schema =
        """
        {"type":"object","properties":{"code":{"type":"string","pattern":"^[A-Z]"}}}
        """;
    assertThat(extracted(new ExtractionSource.TextSource("Code: Abc"), schema))
        .isEqualTo(new ExtractionResult.ValidValue(json("{\"code\":\"Abc\"}")));
    assertThat(extracted(new ExtractionSource.TextSource("Code: abc"), schema))
        .isInstanceOf(ExtractionResult.InvalidValue.class);
  }

  @Test
  void references_and_alternatives_with_null_are_followed() {
    String schema =
        """
        {"type":"object","required":["address","fax"],"properties":{
          "address":{"$ref":"#/$defs/Address"},"fax":{"anyOf":[{"type":"string"},{"type":"null"}]}},
         "$defs":{"Address":{"type":"object","properties":{"city":{"type":"string"}}}}}
        """;
    assertThat(extracted(new ExtractionSource.TextSource("Address city: Bonn"), schema))
        .isEqualTo(
            new ExtractionResult.ValidValue(
                json("{\"address\":{\"city\":\"Bonn\"},\"fax\":null}")));
  }
}
