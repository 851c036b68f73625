package io.headgate.processor.http;

import io.headgate.batch.Violation;
import io.headgate.outbound.HttpFailures;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.JsonSchemaChecker;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends one request per item and checks the response against the batch's success rule; see
 * docs/processors/http.md.
 */
public final class HttpProcessor implements Processor {

  private static final JsonSchemaChecker INPUT =
      JsonSchemaChecker.resource(HttpProcessor.class, "input.json");
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern JSON = Pattern.compile("(application|text)/(.*\\+)?json");
  private static final Pattern TEXT =
      Pattern.compile(
          "|text/.*|application/(.*\\+)?(json|xml|javascript|yaml|x-ndjson)|application/x-www-form-urlencoded");

  private final Outbound outbound;
  private final InstantSource clock;
  private final RequestTemplates templates = new RequestTemplates();
  private final HttpOptions options = new HttpOptions(templates);

  public HttpProcessor(Outbound outbound, InstantSource clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "http";
  }

  /** A field that holds a secret is marked {@code writeOnly}. */
  @Override
  public JsonNode optionsSchema() {
    return HttpOptions.SCHEMA.schema();
  }

  /** Any JSON. Which fields are required depends on the templates. */
  @Override
  public JsonNode inputSchema() {
    return INPUT.schema();
  }

  @Override
  public List<Violation> checkOptions(JsonNode options) {
    return this.options.check(options);
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    OutboundRequest request;
    try {
      request = new RequestBuilder(templates, input, attempt.remaining()).request(clock.instant());
    } catch (RequestTemplates.InvalidRequestException e) {
      return Outcome.Failed.permanent("invalid-request", String.valueOf(e.getMessage()));
    }
    JsonNode options = input.options();
    OutboundLimits limits =
        OutboundLimits.DEFAULT
            .withMaxBytes(options.path("max_bytes").asInt(10_000_000))
            .withMaxRedirects(options.path("max_redirects").asInt(5))
            .withTotal(attempt.remaining());
    return switch (outbound.send(request, limits)) {
      case OutboundResult.OutboundFailure failed -> HttpFailures.of(failed);
      case OutboundResult.Response response -> checkResponse(response, options);
    };
  }

  private static Outcome checkResponse(OutboundResult.Response response, JsonNode options) {
    SuccessRule rule = SuccessRule.of(options.path("success"));
    if (!rule.acceptsStatus(response.status())) {
      return HttpFailures.of(response);
    }
    Optional<JsonNode> json = json(response);
    if (!rule.acceptsBody(json.orElse(SuccessRule.missingJson()))) {
      return Outcome.Failed.permanent(
          "unexpected-answer", "the response does not have the value that means success");
    }
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("status", response.status());
    output.set("headers", headers(response, options.path("response_headers")));
    output.set("body", json.orElseGet(() -> text(response)));
    output.put("bytes", response.body().length);
    return new Outcome.Succeeded(output);
  }

  private static ObjectNode headers(OutboundResult.Response response, JsonNode names) {
    List<String> wanted =
        names.isMissingNode()
            ? List.of("content-type")
            : names.valueStream().map(JsonNode::asString).toList();
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    for (String name : wanted) {
      List<String> values = response.headers().allValues(name);
      if (!values.isEmpty()) {
        headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
      }
    }
    return headers;
  }

  private static Optional<JsonNode> json(OutboundResult.Response response) {
    if (!JSON.matcher(response.mediaType()).matches() || response.body().length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(response.body()));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The body as text; null when it is not text. */
  private static JsonNode text(OutboundResult.Response response) {
    if (response.body().length > 0 && !TEXT.matcher(response.mediaType()).matches()) {
      return JsonNodeFactory.instance.nullNode();
    }
    Charset charset =
        response
            .headers()
            .firstValue("content-type")
            .map(ContentType::parseLenient)
            .map(ContentType::getCharset)
            .orElse(StandardCharsets.UTF_8);
    return JsonNodeFactory.instance.stringNode(new String(response.body(), charset));
  }
}
