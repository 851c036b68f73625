package io.headgate.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.headgate.outbound.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook receiver on a real socket of loopback. */
public final class Receiver implements AutoCloseable {

  /** A message that was received. */
  public record ReceivedMessage(String path, Headers headers, String text) {

    public String id() {
      return headers.getFirst("webhook-id");
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    public String type() {
      return json().get("type").stringValue();
    }
  }

  /** Responds to one message. */
  public interface ResponseBehavior {
    void answer(HttpExchange exchange) throws IOException;
  }

  public static final ResponseBehavior ACCEPTS =
      exchange -> Site.answer(exchange, 204, Map.of(), "");

  private final Site site = new Site();
  private final List<ReceivedMessage> received = new CopyOnWriteArrayList<>();
  private volatile ResponseBehavior behavior = ACCEPTS;

  public Receiver() {
    site.page("/", this::receive);
  }

  public String url(String path) {
    return site.url(path);
  }

  /** Sets the response to all further messages. */
  public void respond(int status, Map<String, String> headers, String body) {
    respondWith(exchange -> Site.answer(exchange, status, headers, body));
  }

  public void respondWith(ResponseBehavior newBehavior) {
    behavior = newBehavior;
  }

  private void receive(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new ReceivedMessage(exchange.getRequestURI().toString(), copied(exchange), text));
    behavior.answer(exchange);
  }

  private static Headers copied(HttpExchange exchange) {
    Headers copy = new Headers();
    copy.putAll(exchange.getRequestHeaders());
    return copy;
  }

  /** The messages received at a path, in their order. */
  public List<ReceivedMessage> receivedAt(String path) {
    return received.stream().filter(one -> one.path().equals(path)).toList();
  }

  public List<String> types(String path) {
    return receivedAt(path).stream().map(ReceivedMessage::type).toList();
  }

  public List<String> ids(String path) {
    return receivedAt(path).stream().map(ReceivedMessage::id).toList();
  }

  @Override
  public void close() {
    site.close();
  }
}
