package io.headgate.dialect;

import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one API submits and cancels a batch, and what it responds. Its batches cost 2 credits per
 * item. States are passed by their native names.
 */
public interface CancelCase {

  /** The numbers that a cancel finds. */
  record Fence(int total, int stopped, int running, int succeeded, int failed) {}

  /** The response to a refused or repeated cancel. */
  record Refusal(int status, String body) {}

  /**
   * The ids of a new batch.
   *
   * @param shown the id in this API
   * @param id the native id
   */
  record Submitted(String shown, UUID id) {
    public static Submitted of(String id) {
      return new Submitted(id, UUID.fromString(id));
    }
  }

  /** The processor of its batches. */
  String processor();

  /** Creates what a batch needs, before the first one. */
  default void prepare(LiveServer server) {}

  Submitted submit(TestClient client, int items);

  /** The path of the cancel. */
  String path(String id);

  /** The method of the cancel. */
  String method();

  /** Reads the state of a batch through this API. */
  String stateShown(TestClient client, String id);

  /** This API's name for a native state. */
  String word(String state);

  /** The response body of the cancel that set the fence. */
  String fenced(String id, Fence fence, Reply reply);

  /** The response to the same cancel when it is repeated. */
  Refusal repeated(String id, Reply first);

  Refusal finished(String state);

  Refusal notFound();

  Refusal noKey();

  Refusal badKey();

  /** False for the native API, which refuses unknown fields. Vendors' APIs ignore them. */
  default boolean passesOverUnknownFields() {
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
  default Reply cancel(TestClient client, String path, @Nullable String body) {
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
