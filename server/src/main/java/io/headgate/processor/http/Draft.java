package io.headgate.processor.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.headgate.outbound.OutboundRequest;
import io.headgate.processor.Input;
import io.headgate.processor.http.Templates.Place;
import io.headgate.processor.http.Templates.Unfit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The request of one item, filled in from the templates of its batch. */
final class Draft {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");
  private static final Pattern LEADING = Pattern.compile("^\\{\\{\\s*([^{}#/&!>^~]+?)\\s*}}");
  private static final Pattern ALONE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]+)\\s*}}");
  private static final Pattern JSON_TEXT = Pattern.compile("(?s)\\s*(\\{(?!\\{)|\\[).*");

  private final Templates templates;
  private final Input item;
  private final JsonNode options;
  private final Values values;

  Draft(Templates templates, Input item) {
    this.templates = templates;
    this.item = item;
    this.options = item.options();
    this.values = Values.of(item);
  }

  /**
   * @param now goes into the signature
   * @throws Unfit when the item's values make no request
   */
  OutboundRequest request(Instant now) {
    Map<String, String> headers = headers();
    String body = body(headers);
    sign(headers, body == null ? "" : body, now);
    headers.forEach(Draft::refuse);
    return new OutboundRequest(method(body), url(), headers, body);
  }

  /** The same for every attempt, so that the other side can tell a repeat. */
  private String key() {
    return item.batchId() + "-" + item.ordinal();
  }

  private String method(@Nullable String body) {
    String usual = body == null ? "GET" : "POST";
    String template = options.path("method").asString(usual);
    String method = templates.render(Place.PLAIN, template, values).toUpperCase(Locale.ROOT);
    if (!METHODS.contains(method)) {
      throw new Unfit(
          "the method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY");
    }
    return method;
  }

  /** What stands at the very start is the address itself, not a part of a path. */
  private String url() {
    Matcher leading = LEADING.matcher(options.path("url").asString());
    return templates.render(Place.URL, leading.replaceFirst("{{{$1}}}"), values);
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    options
        .path("headers")
        .forEachEntry((name, text) ->
            headers.put(
                name.toLowerCase(Locale.ROOT),
                templates.render(Place.PLAIN, text.asString(), values)));
    String idempotency = options.path("idempotency_header").asString("Idempotency-Key");
    if (!idempotency.isEmpty()) {
      headers.putIfAbsent(idempotency.toLowerCase(Locale.ROOT), key());
    }
    return headers;
  }

  private @Nullable String body(Map<String, String> headers) {
    JsonNode body = options.path("body");
    if (body.isMissingNode()) {
      return null;
    }
    if (!body.isString()) {
      headers.putIfAbsent("content-type", "application/json");
      return MAPPER.writeValueAsString(filled(body));
    }
    String text = body.asString();
    boolean json = JSON_TEXT.matcher(text).matches();
    headers.putIfAbsent("content-type", json ? "application/json" : "text/plain; charset=utf-8");
    return templates.render(place(headers.get("content-type")), text, values);
  }

  private static Place place(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (type.contains("json")) {
      return Place.JSON;
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return Place.URL;
    }
    return type.contains("xml") || type.contains("html") ? Place.XML : Place.PLAIN;
  }

  /** JSON whose strings are filled in; a string that is one placeholder keeps its value's type. */
  private JsonNode filled(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.forEachEntry((name, value) -> object.set(name, filled(value)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(value -> array.add(filled(value)));
      return array;
    }
    return node.isString() ? filled(node.asString()) : node;
  }

  private JsonNode filled(String text) {
    Matcher alone = ALONE.matcher(text);
    if (!alone.matches()) {
      return JsonNodeFactory.instance.stringNode(templates.render(Place.PLAIN, text, values));
    }
    return values
        .at(alone.group(1))
        .orElseThrow(() -> new Unfit("the placeholder " + alone.group(1) + " has no value"));
  }

  private void sign(Map<String, String> headers, String body, Instant now) {
    Optional<Webhook> webhook = HttpOptions.secret(options).flatMap(HttpOptions::webhook);
    if (webhook.isEmpty()) {
      return;
    }
    String name = options.path("sign").path("header").asString(Webhook.UNBRANDED_MSG_SIGNATURE_KEY);
    try {
      String signature = webhook.get().sign(key(), now.getEpochSecond(), body);
      headers.put(Webhook.UNBRANDED_MSG_ID_KEY, key());
      headers.put(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(now.getEpochSecond()));
      headers.put(name.toLowerCase(Locale.ROOT), signature);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("this JDK cannot sign", e);
    }
  }

  private static void refuse(String name, String value) {
    OutboundRequest.objection(name, value)
        .ifPresent(reason -> {
          throw new Unfit(reason);
        });
  }
}
