package io.headgate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

  @Test
  void fields_may_come_before_and_after_the_items() throws IOException {
    JsonBody body =
        validBody(
            """
            {"processor":"page", "priority": 5, "items":[ {"ref":"a","input":{"url":"u"}} , "b",
              {"url":
                 "c"}], "paused":true,
              "name": "x" }
            """);
    assertThat(body.fields().toString())
        .isEqualTo("{\"processor\":\"page\",\"priority\":5,\"paused\":true,\"name\":\"x\"}");
    assertThat(items(body))
        .containsExactly(
            "1 a null input={\"url\":\"u\"}", "2 null null =\"b\"", "3 null null ={\"url\":\"c\"}");
  }

  @Test
  void a_body_larger_than_memory_is_read_from_a_file() throws IOException {
    String item = "{\"input\":{\"url\":\"" + "x".repeat(1_000) + "\"}}";
    JsonBody body =
        validBody("{\"items\":[" + (item + ",").repeat(4_999) + item + "],\"name\":\"last\"}");
    assertThat(body.fields().get("name").stringValue()).isEqualTo("last");
    List<String> items = items(body);
    assertThat(items).hasSize(5_000);
    assertThat(items.getLast()).startsWith("5000 null null input={\"url\":\"xxx").endsWith("x\"}");
  }

  @Test
  void an_invalid_item_is_reported_with_its_number() throws IOException {
    assertThat(
            items(
                validBody(
                    "{\"items\":[\"a\",7,{\"input\":[]},\"" + "x".repeat(2_000_000) + "\"]}")))
        .containsExactly(
            "1 null null =\"a\"",
            "2 : must be a JSON object or a JSON string",
            "3 input: must be an object or a string",
            "4 : is longer than 1048576 bytes");
  }

  @Test
  void a_body_that_is_not_a_batch_is_malformed() throws IOException {
    assertThat(malformed("")).isEqualTo(": must be a JSON object");
    assertThat(malformed("[]")).isEqualTo(": must be a JSON object");
    assertThat(malformed("{\"items\":{}}")).isEqualTo("items: must be an array");
    assertThat(malformed("{\"items\":[],\"items\":[]}")).isEqualTo("items: is given twice");
    assertThat(malformed("{\"name\":1,\"name\":2}")).isEqualTo("name: is given twice");
    assertThat(malformed("{\"options\":{\"a\":{\"b\":1,\"b\":2}}}")).startsWith(": repeats a key");
    assertThat(malformed("{\"priority\":NaN}"))
        .isEqualTo(": is not JSON: Non-standard token 'NaN' (column 16)");
    assertThat(malformed("{} {}")).isEqualTo(": has text after the end of its JSON value");
    assertThat(malformed("{\"items\":[1,}")).startsWith(": is not JSON: Unexpected character ('}'");
    assertThat(malformed("{\"items\":[" + "[".repeat(70)))
        .startsWith(": nests deeper than 64 levels");
    assertThat(malformed("{\"name\":\"" + "x".repeat(1_100_000) + "\"}"))
        .isEqualTo("name: is longer than 1048576 bytes");
  }

  private static List<String> items(JsonBody body) throws IOException {
    try (body) {
      return ItemSourceTest.read(body.items().orElseThrow());
    }
  }

  private static JsonBody validBody(String text) throws IOException {
    return ((JsonBody.BodyResult.ValidBody) read(text)).body();
  }

  private static String malformed(String text) throws IOException {
    JsonBody.BodyResult.MalformedBody error = (JsonBody.BodyResult.MalformedBody) read(text);
    return error.field() + ": " + error.message();
  }

  private static JsonBody.BodyResult read(String text) throws IOException {
    return JsonBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
