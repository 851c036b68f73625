package io.headgate.dialect.spidra;

import io.headgate.dialect.CancelCase;
import io.headgate.dialect.CancelEquivalence;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class SpidraCancelTest extends CancelEquivalence {

  SpidraCancelTest() {
    super(new SpidraCancelCase());
  }

  private record SpidraCancelCase() implements CancelCase {

    @Override
    public String processor() {
      return "scrape";
    }

    @Override
    public SubmittedBatch submit(TestClient client, int items) {
      String urls =
          IntStream.range(0, items)
              .mapToObj(i -> "\"http://a.invalid/" + i + "\"")
              .collect(Collectors.joining(","));
      HttpReply reply = client.post("/api/batch/scrape", "{\"urls\":[" + urls + "]}");
      return SubmittedBatch.of(reply.json().path("batchId").asString());
    }

    @Override
    public String path(String id) {
      return "/api/batch/scrape/" + id;
    }

    @Override
    public String method() {
      return "DELETE";
    }

    @Override
    public String readState(TestClient client, String id) {
      return client.get(path(id)).json().path("status").asString();
    }

    @Override
    public String stateName(String state) {
      return SpidraStateNames.of(io.headgate.batch.BatchState.of(state));
    }

    @Override
    public String cancelBody(String id, FenceCounts fence, HttpReply reply) {
      return "{\"status\":\"cancelled\",\"cancelledItems\":%d,\"creditsRefunded\":%d}"
          .formatted(fence.stopped(), 2 * fence.stopped());
    }

    @Override
    public ExpectedRefusal repeatedCancel(String id, HttpReply first) {
      return finishedBatch("cancelled");
    }

    @Override
    public ExpectedRefusal finishedBatch(String state) {
      return error(
          409,
          "Cannot cancel a batch that is already " + ended(state) + ".",
          ",\"code\":\"ALREADY_TERMINAL\"");
    }

    private static String ended(String state) {
      return state.equals("cancelled") ? state : "completed";
    }

    @Override
    public ExpectedRefusal notFound() {
      return error(404, "Batch not found", "");
    }

    @Override
    public ExpectedRefusal missingKey() {
      return error(401, "API key is missing", "");
    }

    @Override
    public ExpectedRefusal wrongKey() {
      return error(403, "Invalid token or API key", "");
    }

    private static ExpectedRefusal error(int status, String message, String more) {
      return new ExpectedRefusal(
          status,
          "{\"status\":\"error\",\"message\":\"%s\",\"error\":\"%s\"%s}"
              .formatted(message, message, more));
    }
  }
}
