package io.headgate.dialect;

import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;

class NativeCancelTest extends CancelEquivalence {

  NativeCancelTest() {
    super(new NativeCancelCase());
  }

  private record NativeCancelCase() implements CancelCase {

    @Override
    public String processor() {
      return "held";
    }

    @Override
    public SubmittedBatch submit(TestClient client, int items) {
      return SubmittedBatch.of(io.headgate.LiveServer.submit(client, "held", items, ""));
    }

    @Override
    public String path(String id) {
      return "/v1/batches/" + id + "/cancel";
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public boolean ignoresUnknownFields() {
      return false;
    }

    @Override
    public String readState(TestClient client, String id) {
      return client.get("/v1/batches/" + id).json().path("state").asString();
    }

    @Override
    public String stateName(String state) {
      return state;
    }

    /** The receipt itself; {@link NativeRecords#assertFenced} checks its content. */
    @Override
    public String cancelBody(String id, FenceCounts fence, HttpReply reply) {
      return reply.text();
    }

    @Override
    public ExpectedRefusal repeatedCancel(String id, HttpReply first) {
      return new ExpectedRefusal(200, first.text());
    }

    @Override
    public ExpectedRefusal finishedBatch(String state) {
      return problem(
          409,
          "batch-finished",
          "The batch has finished",
          "The batch is " + state + " and can no longer be changed.",
          ",\"state\":\"" + state + "\"");
    }

    @Override
    public ExpectedRefusal notFound() {
      return problem(
          404,
          "not-found",
          "Not found",
          "There is no such resource, or this key has no access to it.",
          "");
    }

    @Override
    public ExpectedRefusal missingKey() {
      return problem(
          401,
          "unauthorized",
          "A valid API key is required",
          "Send a key as Authorization: Bearer hg_….",
          "");
    }

    @Override
    public ExpectedRefusal wrongKey() {
      return problem(
          401,
          "unauthorized",
          "A valid API key is required",
          "The key is unknown, expired or revoked.",
          "");
    }

    private static ExpectedRefusal problem(
        int status, String code, String title, String detail, String more) {
      return new ExpectedRefusal(
          status,
          "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"%s,\"errors\":[]}"
              .formatted(code, title, status, detail, code, more));
    }
  }
}
