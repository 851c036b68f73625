package io.headgate.dialect;

import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;

class NativeCancelTest extends CancelEquivalence {

  NativeCancelTest() {
    super(new Native());
  }

  private record Native() implements CancelCase {

    @Override
    public String processor() {
      return "held";
    }

    @Override
    public Submitted submit(TestClient client, int items) {
      return Submitted.of(io.headgate.LiveServer.submit(client, "held", items, ""));
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
    public boolean passesOverUnknownFields() {
      return false;
    }

    @Override
    public String stateShown(TestClient client, String id) {
      return client.get("/v1/batches/" + id).json().path("state").asString();
    }

    @Override
    public String word(String state) {
      return state;
    }

    /** The receipt itself; {@link Ledger#assertFenced} checks its content. */
    @Override
    public String fenced(String id, Fence fence, Reply reply) {
      return reply.text();
    }

    @Override
    public Refusal repeated(String id, Reply first) {
      return new Refusal(200, first.text());
    }

    @Override
    public Refusal finished(String state) {
      return problem(
          409,
          "batch-finished",
          "The batch has finished",
          "The batch is " + state + " and can no longer be changed.",
          ",\"state\":\"" + state + "\"");
    }

    @Override
    public Refusal notFound() {
      return problem(
          404,
          "not-found",
          "Not found",
          "There is no such resource, or this key has no access to it.",
          "");
    }

    @Override
    public Refusal noKey() {
      return problem(
          401,
          "unauthorized",
          "A valid API key is required",
          "Send a key as Authorization: Bearer hg_….",
          "");
    }

    @Override
    public Refusal badKey() {
      return problem(
          401,
          "unauthorized",
          "A valid API key is required",
          "The key is unknown, expired or revoked.",
          "");
    }

    private static Refusal problem(
        int status, String code, String title, String detail, String more) {
      return new Refusal(
          status,
          "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"%s,\"errors\":[]}"
              .formatted(code, title, status, detail, code, more));
    }
  }
}
