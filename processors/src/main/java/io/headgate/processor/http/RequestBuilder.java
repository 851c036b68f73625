package io.headgate.processor.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.headgate.outbound.OutboundRequest;
import io.headgate.processor.Input;
import io.headgate.processor.http.RequestTemplates.EscapeTarget;
import io.headgate.processor.http.RequestTemplates.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the request of one item from the templates of its batch. */
final class RequestBuilder {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");
  private static final Pattern JSON_TEXT = Pattern.compile("(?s)\\s*(\\{(?!\\{)|\\[).*");

  private final RequestTemplates templates;
  private final Input item;
  private final JsonNode options;
  private final JsonNode variables;
  private final Duration timeLimit;

  /**
   * @param timeLimit for each template of the request
   */
  RequestBuilder(RequestTemplates templates, Input item, Duration timeLimit) {
    this.templates = templates;
    this.item = item;
    this.options = item.options();
    this.variables = variables(item);
    this.timeLimit = timeLimit;
  }

  private static JsonNode variables(Input item) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("input", item.input());
    all.put("ref", item.ref() == null ? "" : item.ref());
    all.put("ordinal", item.ordinal());
    all.put("batch_id", item.batchId().toString());
    return all;
  }

  /**
   * @param now the time of the signature
   * @throws InvalidRequestException when the request cannot be built from the item's values
   */
  OutboundRequest request(Instant now) throws InterruptedException {
    Map<String, String> headers = headers();
    String body = body(headers);
    sign(headers, body == null ? "" : body, now);
    headers.forEach(RequestBuilder::requireValidHeader);
    return new OutboundRequest(method(body), url(), headers, body);
  }

  /** The same for every attempt, so that the remote server recognizes a repeat. */
  private String idempotencyKey() {
    return item.batchId() + "-" + item.ordinal();
  }

  private String method(@Nullable String body) throws InterruptedException {
    String usual = body == null ? "GET" : "POST";
    String template = options.path("method").asString(usual);
    String method = rendered(EscapeTarget.PLAIN, template).toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new InvalidRequestException(
          "the method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY");
    }
    return method;
  }

  private String url() throws InterruptedException {
    return templates.renderUrl(options.path("url").asString(), variables, timeLimit);
  }

  private String rendered(EscapeTarget place, String template) throws InterruptedException {
    return templates.render(place, template, variables, timeLimit);
  }

  private Map<String, String> headers() throws InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : options.path("headers").properties()) {
      headers.put(
          header.getKey().toLowerCase(Locale.ROOT),
          rendered(EscapeTarget.PLAIN, header.getValue().asString()));
    }
    String idempotency = options.path("idempotency_header").asString("Idempotency-Key");
    if (!idempotency.isEmpty()) {
      headers.putIfAbsent(idempotency.toLowerCase(Locale.ROOT), idempotencyKey());
    }
    return headers;
  }

  private @Nullable String body(Map<String, String> headers) throws InterruptedException {
    JsonNode body = options.path("body");
    if (body.isMissingNode()) {
      return null;
    }
    if (!body.isString()) {
      headers.putIfAbsent("content-type", "application/json");
      return MAPPER.writeValueAsString(fillIn(body));
    }
    String text = body.asString();
    boolean json = JSON_TEXT.matcher(text).matches();
    headers.putIfAbsent("content-type", json ? "application/json" : "text/plain; charset=utf-8");
    return rendered(place(headers.get("content-type")), text);
  }

  private static EscapeTarget place(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.contains("json")) {
      return EscapeTarget.JSON;
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return EscapeTarget.URL;
    }
    return type.contains("xml") || type.contains("html") ? EscapeTarget.XML : EscapeTarget.PLAIN;
  }

  /** JSON whose strings are filled in; a string that is one placeholder keeps its value's type. */
  private JsonNode fillIn(JsonNode node) throws InterruptedException {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        object.set(member.getKey(), fillIn(member.getValue()));
      }
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (JsonNode entry : node) {
        array.add(fillIn(entry));
      }
      return array;
    }
    return node.isString() ? templates.renderJson(node.asString(), variables, timeLimit) : node;
  }

  private void sign(Map<String, String> headers, String body, Instant now) {
    Optional<Webhook> webhook = HttpOptions.secret(options).flatMap(HttpOptions::webhook);
    if (webhook.isEmpty()) {
      return;
    }
    String name = options.path("sign").path("header").asString(Webhook.UNBRANDED_MSG_SIGNATURE_KEY);
    try {
      String signature = webhook.get().sign(idempotencyKey(), now.getEpochSecond(), body);
      headers.put(Webhook.UNBRANDED_MSG_ID_KEY, idempotencyKey());
      headers.put(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(now.getEpochSecond()));
      headers.put(name.toLowerCase(Locale.ROOT), signature);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("this JDK cannot sign", e);
    }
  }

  private static void requireValidHeader(String name, String value) {
    OutboundRequest.refusalReason(name, value)
        .ifPresent(reason -> {
          throw new InvalidRequestException(reason);
        });
  }
}
