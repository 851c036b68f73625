package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Long outputs are stored compressed and returned unchanged. */
class LongOutputsTest {

  private static final String SHORT = "{\"words\":\"\u00fc\"}";
  private static final String LONG = "{\"words\":\"" + "grün \uD83D\uDE00 ".repeat(20_000) + "\"}";
  private static final String RANDOM_TEXT = "\"" + randomText(3_000) + "\"";

  private final BatchTestServer server = new BatchTestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static String randomText(int bytes) {
    byte[] random = new byte[bytes];
    new Random(1).nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  private String settled(List<String> outputs) {
    String id = server.submit(outputs.size());
    outputs.forEach(
        output -> server.settle(server.claim(1), new AttemptResult.AttemptSucceeded(output)));
    return id;
  }

  @Test
  void an_output_is_returned_unchanged_whether_it_is_stored_compressed_or_not() {
    List<String> outputs = List.of(SHORT, LONG, RANDOM_TEXT);
    String id = settled(outputs);

    for (int i = 0; i < outputs.size(); i++) {
      JsonNode item = server.client.get("/v1/batches/" + id + "/items/" + i).json();
      assertThat(item.path("output").toString()).isEqualTo(outputs.get(i));
    }
    String lines = server.client.get("/v1/batches/" + id + "/results").text();
    assertThat(lines.lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"output\":" + SHORT),
            line -> assertThat(line).contains("\"output\":" + LONG),
            line -> assertThat(line).contains("\"output\":" + RANDOM_TEXT));
    assertThat(server.count("result where output_compressed is not null and output is null"))
        .isOne();
  }

  @Test
  void a_page_of_items_is_bounded_by_the_uncompressed_size_of_their_outputs() {
    String megabyte = "\"" + "x".repeat(1_000_000) + "\"";
    String id = settled(IntStream.range(0, 12).mapToObj(_ -> megabyte).toList());

    JsonNode page = server.client.get("/v1/batches/" + id + "/items?limit=12").json();

    assertThat(page.path("data").size()).isLessThan(12).isPositive();
    assertThat(page.path("next_cursor").isNull()).isFalse();
  }

  @Test
  void postgresql_does_not_compress_a_compressed_output_again() {
    settled(List.of(LONG));
    assertThat(
            server.count(
                "pg_attribute where attname = 'output_compressed' and attstorage = 'e'"
                    + " and attrelid in (select tableoid from result)"))
        .isOne();
  }
}
