package io.headgate.processor.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import io.headgate.batch.Violation;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import io.headgate.processor.JsonSchemaChecker;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks a batch's options against their schema and the rules that a schema cannot express. */
final class HttpOptions {

  static final JsonSchemaChecker SCHEMA =
      JsonSchemaChecker.resource(HttpOptions.class, "options.json");

  private final RequestTemplates templates;

  HttpOptions(RequestTemplates templates) {
    this.templates = templates;
  }

  List<Violation> check(JsonNode options) {
    List<Violation> found = SCHEMA.violations(options);
    if (found.isEmpty()) {
      checkTemplates(options, found);
      checkNames(options, found);
      secret(options).ifPresent(secret -> checkSecret(secret, found));
    }
    return found;
  }

  private void checkTemplates(JsonNode options, List<Violation> found) {
    String url = options.path("url").asString();
    checkTemplate("url", url, found);
    if (!url.contains("{{") && Target.parse(url) instanceof OutboundResult.OutboundFailure failed) {
      found.add(new Violation("url", failed.message()));
    }
    checkTemplate("method", options.path("method").asString(""), found);
    options
        .path("headers")
        .forEachEntry((name, text) -> checkTemplate("headers." + name, text.asString(), found));
    checkBody("body", options.path("body"), found);
  }

  private void checkBody(String field, JsonNode body, List<Violation> found) {
    if (body.isString()) {
      checkTemplate(field, body.asString(), found);
    } else if (body.isObject()) {
      body.forEachEntry((name, value) -> checkBody(field + "." + name, value, found));
    } else {
      for (int i = 0; i < body.size(); i++) {
        checkBody(field + "." + i, body.get(i), found);
      }
    }
  }

  private void checkTemplate(String field, String text, List<Violation> found) {
    templates.problem(text).ifPresent(reason -> found.add(new Violation(field, reason)));
  }

  private static void checkNames(JsonNode options, List<Violation> found) {
    options
        .path("headers")
        .forEachEntry((name, text) -> checkName("headers." + name, name, text.asString(), found));
    String idempotency = options.path("idempotency_header").asString("");
    if (!idempotency.isEmpty()) {
      checkName("idempotency_header", idempotency, "", found);
    }
    String signature = options.path("sign").path("header").asString("webhook-signature");
    checkName("sign.header", signature, "", found);
  }

  private static void checkName(String field, String name, String value, List<Violation> found) {
    OutboundRequest.refusalReason(name, value.contains("{{") ? "" : value)
        .ifPresent(reason -> found.add(new Violation(field, reason)));
  }

  private static void checkSecret(String secret, List<Violation> found) {
    if (webhook(secret).isEmpty()) {
      found.add(new Violation("sign.secret", "must be whsec_ and 24 to 64 bytes in base64"));
    }
  }

  static Optional<String> secret(JsonNode options) {
    return options.path("sign").path("secret").asStringOpt();
  }

  /** The signer for a secret; empty when the secret is not base64. */
  static Optional<Webhook> webhook(String secret) {
    try {
      return Optional.of(new Webhook(secret));
    } catch (EmptyWebhookSecretException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
