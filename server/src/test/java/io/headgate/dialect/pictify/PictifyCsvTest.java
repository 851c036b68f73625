package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.ConfigKey;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import io.headgate.outbound.Site;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches whose variable sets are the rows of a CSV file, uploaded or fetched. */
class PictifyCsvTest {

  private static final String CARD =
      """
      {"html":"{{name}} {{company}} {{join(tags, ',')}}",
       "variableDefinitions":[{"name":"name","type":"text"},{"name":"tags","type":"array"}]}\
      """;
  private static final String PEOPLE =
      "name,company\r\nAda,\"Analytical, \"\"Inc\"\"\"\r\nAlan,\r\n";

  private static CommandedProcessor processor;
  private static LiveServer open;
  private static LiveServer strict;
  private static Site site;

  @BeforeAll
  static void start() {
    processor = new CommandedProcessor("render");
    open = new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"), processor);
    strict = new LiveServer(processor);
    site = new Site();
  }

  @AfterAll
  static void stop() {
    site.close();
    open.close();
    strict.close();
  }

  /** A server and its client, which checks every response against the description. */
  private record CsvClient(LiveServer server, TestClient client) {

    static CsvClient of(LiveServer server) {
      Description description = Description.ofDialect("pictify", "/");
      return new CsvClient(server, new TestClient(server.port(), server.key(), description::check));
    }

    HttpReply upload(String csv) {
      String body =
          "--zz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n"
              + "Content-Type: text/csv\r\n\r\n"
              + csv
              + "\r\n--zz--\r\n";
      return client.send(
          client
              .request("/templates/upload-csv", "Content-Type", "multipart/form-data; boundary=zz")
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpReply start(String url, String more) {
      String template = client.post("/templates", CARD).json().at("/template/uid").asString();
      return client.post(
          "/templates/" + template + "/batch-render", "{\"csvUrl\":\"" + url + "\"" + more + "}");
    }

    String input(HttpReply started, int ordinal) {
      String shown = started.json().path("batchId").asString();
      UUID id = PrefixedId.BATCH.parse(shown).orElseThrow();
      return server
          .client
          .get("/v1/batches/" + id + "/items/" + ordinal)
          .json()
          .at("/input/variables")
          .toString();
    }
  }

  private static HttpReply fetched(String path, String csv, String more) {
    site.page(path, "text/csv", csv);
    return CsvClient.of(open).start(site.url(path), more);
  }

  private static void assertRefused(HttpReply reply, int status, String field, String... words) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(reply.json().path("message").asString()).contains(words);
  }

  @Test
  void an_uploaded_file_is_read_without_private_targets() {
    CsvClient csvClient = CsvClient.of(strict);
    HttpReply uploaded = csvClient.upload(PEOPLE);
    assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
    assertThat(uploaded.json().path("filename").asString()).isEqualTo("people.csv");
    assertThat(uploaded.json().path("size").asInt()).isEqualTo(PEOPLE.length());
    String url = uploaded.json().path("url").asString();
    HttpReply started = csvClient.start(url, "");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    assertThat(started.json().path("totalItems").asInt()).isEqualTo(2);
    assertThat(csvClient.input(started, 0))
        .isEqualTo("{\"name\":\"Ada\",\"company\":\"Analytical, \\\"Inc\\\"\"}");
    assertThat(csvClient.input(started, 1)).as("no value").isEqualTo("{\"name\":\"Alan\"}");
    assertThat(new TestClient(strict.port(), null).get(url.substring(url.indexOf("/artifacts/"))))
        .satisfies(file -> assertThat(file.text()).isEqualTo(PEOPLE));
    assertRefused(
        csvClient.start(url.replace("artifacts/", "artifacts/A"), ""),
        400,
        "csvUrl",
        "does not fetch");
    assertRefused(csvClient.start(site.url("/people"), ""), 400, "csvUrl", "does not fetch");
  }

  @Test
  void a_file_is_fetched_and_its_columns_mapped_in_either_direction() {
    String csv = "who,firm\nAda,A\n";
    CsvClient csvClient = CsvClient.of(open);
    HttpReply dashboard =
        fetched("/forward", csv, ",\"mappings\":{\"name\":\"who\",\"company\":\"firm\"}");
    assertThat(dashboard.status()).as(dashboard.text()).isEqualTo(202);
    assertThat(csvClient.input(dashboard, 0)).isEqualTo("{\"name\":\"Ada\",\"company\":\"A\"}");
    HttpReply playground =
        fetched("/reverse", csv, ",\"mappings\":{\"who\":\"name\",\"firm\":\"company\"}");
    assertThat(csvClient.input(playground, 0)).isEqualTo("{\"name\":\"Ada\",\"company\":\"A\"}");
    HttpReply both =
        fetched("/both", "name,company\nAda,A\n", ",\"mappings\":{\"name\":\"company\"}");
    assertThat(csvClient.input(both, 0)).as("as the dashboard").isEqualTo("{\"name\":\"A\"}");
    HttpReply list = fetched("/list", "name,tags\nAda,\"[1,2]\"\n", "");
    assertThat(csvClient.input(list, 0)).isEqualTo("{\"name\":\"Ada\",\"tags\":[1,2]}");
  }

  @Test
  void errors_in_a_file_are_reported_with_line_and_column() {
    assertRefused(
        fetched("/short", "name,company\nAda,A\nAlan\n", ""), 400, "csvUrl", "line 3", "'company'");
    assertRefused(
        fetched("/long", "name\nAda,A\n", ""), 400, "csvUrl", "line 2", "after column 'name'");
    assertRefused(
        fetched("/quote", "name\nAda\n\"Al\n", ""), 400, "csvUrl", "line 3", "does not end");
    assertRefused(fetched("/twice", "a,a\n1,2\n", ""), 400, "csvUrl", "line 1", "named a");
    assertRefused(fetched("/none", "name\n", ""), 400, "csvUrl", "no row");
    assertRefused(fetched("/json", "tags\n[1\n", ""), 400, "csvUrl", "line 2", "'tags'");
    assertRefused(
        fetched("/map", "a,b\n1,2\n", ",\"mappings\":{\"name\":\"c\"}"),
        400,
        "mappings.name",
        "'c'",
        "a, b");
    assertRefused(CsvClient.of(open).upload("name\n\"Ada\n"), 400, "file", "line 2");
    assertRefused(
        fetched("/sets", "a\n1\n", ",\"variableSets\":[{}]"), 400, "csvUrl", "variableSets");
  }

  @Test
  void a_missing_or_too_large_file_is_refused() {
    site.page("/gone", exchange -> Site.answer(exchange, 404, Map.of(), "no"));
    HttpReply gone = CsvClient.of(open).start(site.url("/gone"), "");
    assertRefused(gone, 422, "csvUrl", "404");
    assertThat(gone.json().path("type").asString()).endsWith("/url-fetch-failed");
    String row = "a".repeat(999) + "\n";
    assertRefused(
        fetched("/large", "a\n" + row.repeat(10_001), ""), 400, "csvUrl", "10000000 bytes");
    assertThat(fetched("/rows", "a\n" + "1\n".repeat(10_001), "").status()).isEqualTo(402);
    assertRefused(CsvClient.of(open).start("ftp://a.invalid/x", ""), 400, "csvUrl", "http");
  }

  @Test
  void a_form_without_a_file_is_refused() {
    TestClient client = CsvClient.of(open).client();
    for (String type : new String[] {"text/csv", "multipart/form-data; boundary=zz"}) {
      HttpReply reply =
          client.send(
              client
                  .request("/templates/upload-csv", "Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofString("a\n1\n")));
      assertRefused(reply, 400, "file", "multipart/form-data");
    }
  }
}
