package io.headgate.dialect.pictify;

import io.headgate.dialect.CancelCase;
import io.headgate.dialect.CancelEquivalence;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.UUID;

class PictifyCancelTest extends CancelEquivalence {

  PictifyCancelTest() {
    super(new PictifyCancelCase());
  }

  private record PictifyCancelCase() implements CancelCase {

    @Override
    public String processor() {
      return "render";
    }

    @Override
    public SubmittedBatch submit(TestClient client, int items) {
      String uid =
          client
              .withHeader("Idempotency-Key", "one-template-each")
              .post("/templates", "{\"name\":\"card\",\"html\":\"<p>{{name}}</p>\"}")
              .json()
              .at("/template/uid")
              .asString();
      String sets = "{\"name\":\"Ada\"},".repeat(items);
      HttpReply reply =
          client.post(
              "/templates/" + uid + "/batch-render",
              "{\"variableSets\":[%s]}".formatted(sets.substring(0, sets.length() - 1)));
      String shown = reply.json().path("batchId").asString();
      return new SubmittedBatch(shown, PrefixedId.BATCH.parse(shown).orElseThrow());
    }

    @Override
    public String path(String id) {
      return "/templates/batch/" + id + "/cancel";
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String readState(TestClient client, String id) {
      return client.get("/templates/batch/" + id + "/results").json().path("status").asString();
    }

    @Override
    public String stateName(String state) {
      return switch (state) {
        case "running" -> "processing";
        case "cancelling" -> "cancelled";
        default -> state;
      };
    }

    @Override
    public String cancelBody(String id, FenceCounts fence, HttpReply reply) {
      return """
      {"batchId":"%s","status":"cancelled","message":"Batch cancelled","id":"%s","totalCount":%d,\
      "completedCount":%d,"failedCount":%d,"cancelledCount":%d}\
      """
          .formatted(id, id, fence.total(), fence.succeeded(), fence.failed(), fence.stopped());
    }

    @Override
    public ExpectedRefusal repeatedCancel(String id, HttpReply first) {
      return new ExpectedRefusal(200, first.text());
    }

    @Override
    public ExpectedRefusal finishedBatch(String state) {
      return error(
          409, "conflict", "Conflict", "The batch is already " + state, "batch_already_terminal");
    }

    @Override
    public ExpectedRefusal notFound() {
      return error(404, "batch-not-found", "Batch Not Found", "No such batch", "batch_not_found");
    }

    @Override
    public ExpectedRefusal missingKey() {
      return error(
          401,
          "missing-authorization",
          "Missing Authorization",
          "Send a key as Authorization: Bearer <key>",
          "missing_authorization");
    }

    @Override
    public ExpectedRefusal wrongKey() {
      return error(
          401,
          "invalid-api-key",
          "Invalid API Key",
          "The key is unknown, expired or revoked",
          "invalid_api_key");
    }

    @Override
    public String unknownId() {
      return PrefixedId.BATCH.of(UUID.fromString("0199aaaa-0000-7000-8000-000000000000"));
    }

    private static ExpectedRefusal error(
        int status, String type, String title, String detail, String code) {
      return new ExpectedRefusal(
          status,
          """
          {"type":"https://docs.pictify.io/errors/%s","title":"%s","status":%d,"detail":"%s",\
          "message":"%s","code":"%s"}\
          """
              .formatted(type, title, status, detail, detail, code));
    }
  }
}
