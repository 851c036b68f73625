package io.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesCommandTest extends CommandLineKit {

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
    peer.on("POST /v1/templates", 201, CARD);
    Path file = Files.writeString(folder.resolve("card.html"), "<p>{{name}}</p>");

    Ran ran =
        run("templates", "create", "Card", file.toString(), "--width", "5", "--output", "pdf");

    assertThat(ran.out()).containsPattern("uid +ABCDEFGHIJ").containsPattern("size +1200x630");
    assertThat(peer.received.getFirst().body())
        .isEqualTo(
            "{\"name\":\"Card\",\"html\":\"<p>{{name}}</p>\",\"width\":5,\"output_format\":\"pdf\"}");
    assertThat(run("templates", "create", "Card", "nothing.html").code()).isEqualTo(2);
  }

  @Test
  void templates_are_listed_shown_and_deleted() {
    peer.on("GET /v1/templates", 200, "{\"data\":[" + CARD + "],\"next_cursor\":\"abc\"}");
    peer.on("GET /v1/templates/t1", 200, CARD);
    peer.on("DELETE /v1/templates/t1", 204, "");

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
    peer.on(
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
  void an_unknown_id_exits_4_and_leads_to_the_list_of_templates(
      String command, String method, String path) {
    peer.on(method + " /v1/templates/nothing" + path, 404, problem(404, "not-found"));

    Ran ran = run("templates", command, "nothing");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).contains("'headgate templates'").doesNotContain("headgate list");
  }

  @Test
  void a_refused_template_exits_8_and_says_why() throws IOException {
    Path file = Files.writeString(folder.resolve("card.html"), "{{#nonsense}}");
    peer.on(
        "POST /v1/templates",
        400,
        """
        {"type":"/problems/invalid-request","title":"Invalid request","status":400,
         "detail":"html: line 1: nonsense is never closed","code":"invalid-request",
         "errors":[{"pointer":"/html","field":"html","message":"line 1: nonsense is never closed"}]}
        """);

    Ran ran = run("templates", "create", "Card", file.toString());

    assertThat(ran.code()).isEqualTo(8);
    assertThat(ran.err().split("never closed", -1)).hasSize(2);
  }

  @Test
  void a_file_that_is_no_text_is_named_before_anything_is_sent() throws IOException {
    Path file = Files.write(folder.resolve("card.html"), new byte[] {(byte) 0xff, 0x41});

    Ran ran = run("templates", "create", "Card", file.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("is not valid UTF-8");
    assertThat(peer.received).isEmpty();
  }
}
