package io.headgate.dialect;

import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one API submits and cancels, and what it answers. Its batches cost 2 credits an item; states
 * are given in native words.
 */
public interface CancelCase {

  /** What a cancel finds. */
  record Fence(int total, int stopped, int running, int succeeded, int failed) {}

  /** An answer that is not 200, or a repeated one. */
  record Refusal(int status, String body) {}

  /**
   * @param shown the id as this API shows it
   */
  record Submitted(String shown, UUID id) {
    public static Submitted of(String id) {
      return new Submitted(id, UUID.fromString(id));
    }
  }

  /** The processor its batches run on. */
  String processor();

  /** Makes what must be there before a batch can be. */
  default void prepare(LiveServer server) {}

  Submitted submit(TestClient client, int items);

  /** Where a batch is cancelled. */
  String path(String id);

  /** With which method. */
  String method();

  /** The state of a batch as this API shows it. */
  String stateShown(TestClient client, String id);

  /** This API's word for a native state. */
  String word(String state);

  /** The body of the cancel that set the fence. */
  String fenced(String id, Fence fence, Reply reply);

  /** What the same cancel is answered when it comes again. */
  Refusal repeated(String id, Reply first);

  Refusal finished(String state);

  Refusal notFound();

  Refusal noKey();

  Refusal badKey();

  /** Our own API names a field that it does not know; vendors' pass over it. */
  default boolean passesOverUnknownFields() {
    return true;
  }

  /** Well formed, and nobody's. */
  default String unknownId() {
    return "0199aaaa-0000-7000-8000-000000000000";
  }

  /**
   * Cancels.
   *
   * @param body null sends none and no content type; anything else is sent as JSON, also nothing
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
