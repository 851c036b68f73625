package io.headgate.dialect;

import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one API submits and cancels a batch, and what it responds. Its batches cost 2 credits per
 * item. States are passed by their native names.
 */
public interface CancelCase {

  /** The numbers that a cancel finds. */
  record FenceCounts(int total, int stopped, int running, int succeeded, int failed) {}

  /** The response to a refused or repeated cancel. */
  record ExpectedRefusal(int status, String body) {}

  /**
   * The ids of a new batch.
   *
   * @param vendorId the id in this API
   * @param id the native id
   */
  record SubmittedBatch(String vendorId, UUID id) {
    public static SubmittedBatch of(String id) {
      return new SubmittedBatch(id, UUID.fromString(id));
    }
  }

  /** The processor of its batches. */
  String processor();

  /** Creates what a batch needs, before the first one. */
  default void prepare(LiveServer server) {}

  SubmittedBatch submit(TestClient client, int items);

  /** The path of the cancel. */
  String path(String id);

  /** The method of the cancel. */
  String method();

  /** Reads the state of a batch through this API. */
  String readState(TestClient client, String id);

  /** This API's name for a native state. */
  String stateName(String state);

  /** The response body of the cancel that set the fence. */
  String cancelBody(String id, FenceCounts fence, HttpReply reply);

  /** The response to the same cancel when it is repeated. */
  ExpectedRefusal repeatedCancel(String id, HttpReply first);

  ExpectedRefusal finishedBatch(String state);

  ExpectedRefusal notFound();

  ExpectedRefusal missingKey();

  ExpectedRefusal wrongKey();

  /** False for the native API, which refuses unknown fields. Vendors' APIs ignore them. */
  default boolean ignoresUnknownFields() {
    return true;
  }

  /** A well-formed id that no batch has. */
  default String unknownId() {
    return "0199aaaa-0000-7000-8000-000000000000";
  }

  /**
   * Cancels a batch.
   *
   * @param body null for no body and no content type; else sent as JSON, even if empty
   */
  default HttpReply cancel(TestClient client, String path, @Nullable String body) {
    HttpRequest.Builder request =
        body == null
            ? client.request(path)
            : client.request(path, "Content-Type", "application/json");
    return client.send(
        request.method(
            method(),
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body)));
  }
}
