package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesCommandTest extends CommandLineTestCase {

  private static final String CARD =
      """
      {"id":"t1","uid":"ABCDEFGHIJ","name":"Card","type":null,"category":null,"tags":[],"version":2,
       "engine":"html","output_format":"image","width":1200,"height":630,"variables":["name","n"],
       "variable_definitions":[],"html":"<p>","layouts":{"story":{"width":1,"height":2}},
       "created_at":"2026-11-21T10:00:00.000Z","updated_at":"2026-11-21T11:00:00.000Z"}
      """;

  @TempDir Path folder;

  TemplatesCommandTest() throws IOException {}

  @Test
  void a_template_is_made_from_a_file() throws IOException {
    server.respond("POST /v1/templates", 201, CARD);
    Path file = Files.writeString(folder.resolve("card.html"), "<p>{{name}}</p>");

    CommandResult result =
        run("templates", "create", "Card", file.toString(), "--width", "5", "--output", "pdf");

    assertThat(result.out()).containsPattern("uid +ABCDEFGHIJ").containsPattern("size +1200x630");
    assertThat(server.received.getFirst().body())
        .isEqualTo(
            "{\"name\":\"Card\",\"html\":\"<p>{{name}}</p>\",\"width\":5,\"output_format\":\"pdf\"}");
    assertThat(run("templates", "create", "Card", "nothing.html").code()).isEqualTo(2);
  }

  @Test
  void templates_are_listed_shown_and_deleted() {
    server.respond("GET /v1/templates", 200, "{\"data\":[" + CARD + "],\"next_cursor\":\"abc\"}");
    server.respond("GET /v1/templates/t1", 200, CARD);
    server.respond("DELETE /v1/templates/t1", 204, "");

    assertThat(run("templates").out())
        .containsPattern("t1 +ABCDEFGHIJ +Card +2 +image +1200x630 +2026-11-21 11:00:00Z")
        .contains("Next page: add --cursor abc");
    assertThat(run("templates", "list", "--limit", "1").out()).contains("Card");
    assertThat(run("templates", "show", "t1").out())
        .containsPattern("variables +name, n")
        .containsPattern("layouts +story");
    assertThat(run("templates", "delete", "t1").out()).contains("Deleted t1.");
  }

  @Test
  void variables_are_shown_with_their_defaults() {
    server.respond(
        "GET /v1/templates/t1/variables",
        200,
        """
        {"template_id":"t1","uid":"ABCDEFGHIJ","version":2,"variable_definitions":[
         {"name":"name","type":"text","default_value":null,"description":"who",
          "validation":{"required":true,"min_length":null,"max_length":null},"raw":false,"declared":true},
         {"name":"n","type":"number","default_value":5,"description":null,
          "validation":{"required":false,"min_length":null,"max_length":null},"raw":false,"declared":false}]}
        """);

    assertThat(run("templates", "variables", "t1").out())
        .containsPattern("name +text +yes +- +who")
        .containsPattern("n +number +no +5 +-");
  }

  @ParameterizedTest
  @CsvSource({"show, GET, ''", "variables, GET, /variables", "delete, DELETE, ''"})
  void an_unknown_id_exits_4_and_names_the_command_that_lists_templates(
      String command, String method, String path) {
    server.respond(method + " /v1/templates/nothing" + path, 404, problem(404, "not-found"));

    CommandResult result = run("templates", command, "nothing");

    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("'headgate templates'").doesNotContain("headgate list");
  }

  @Test
  void a_refused_template_exits_8_and_prints_why() throws IOException {
    Path file = Files.writeString(folder.resolve("card.html"), "{{#nonsense}}");
    server.respond(
        "POST /v1/templates",
        400,
        """
        {"type":"/problems/invalid-request","title":"Invalid request","status":400,
         "detail":"html: line 1: nonsense is never closed","code":"invalid-request",
         "errors":[{"pointer":"/html","field":"html","message":"line 1: nonsense is never closed"}]}
        """);

    CommandResult result = run("templates", "create", "Card", file.toString());

    assertThat(result.code()).isEqualTo(8);
    assertThat(result.err().split("never closed", -1)).hasSize(2);
  }

  @Test
  void a_file_that_is_not_utf_8_is_reported_before_anything_is_sent() throws IOException {
    Path file = Files.write(folder.resolve("card.html"), new byte[] {(byte) 0xff, 0x41});

    CommandResult result = run("templates", "create", "Card", file.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("is not valid UTF-8");
    assertThat(server.received).isEmpty();
  }
}
