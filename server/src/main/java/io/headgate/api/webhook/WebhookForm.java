package io.headgate.api.webhook;

import io.headgate.api.StorableJson;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Problem;
import io.headgate.http.Spelling;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.NativeWebhookFormat;
import io.headgate.webhook.SignatureScheme;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request body that creates or changes a webhook.
 *
 * @param events null for all events of a new webhook, for no change of an existing one
 */
record WebhookForm(@Nullable String url, @Nullable List<String> events) {

  private static final int MAX_URL = 2_048;
  private static final String KNOWN_EVENTS = String.join(", ", NativeWebhookFormat.EVENTS);

  WebhookForm {
    if (url != null && (url.length() > MAX_URL || !StorableJson.isStorable(url))) {
      throw new InvalidInputException(
          "url", "must be an http or https URL of at most " + MAX_URL + " characters");
    }
    if (events != null) {
      if (events.isEmpty()) {
        throw new InvalidInputException(
            "events", "must name at least one of " + KNOWN_EVENTS, ViolationKind.OUT_OF_RANGE);
      }
      events.forEach(WebhookForm::requireEvent);
    }
  }

  private static void requireEvent(@Nullable String event) {
    if (event == null) {
      throw new InvalidInputException(
          "events", "must contain only strings; got null", ViolationKind.WRONG_TYPE);
    }
    if (!NativeWebhookFormat.EVENTS.contains(event)) {
      String hint = Spelling.hint(event, NativeWebhookFormat.EVENTS);
      throw new InvalidInputException(
          "events",
          "contains %s, which is not an event%s"
              .formatted(
                  Spelling.shown(event),
                  hint.isEmpty() ? "; known events are " + KNOWN_EVENTS : hint));
    }
  }

  Endpoint.EndpointSettings order(Endpoints endpoints) {
    if (url == null) {
      throw Problem.invalid(InputError.field("url", "is missing")).asException();
    }
    return new Endpoint.EndpointSettings(
        checkedUrl(endpoints, url),
        events == null ? NativeWebhookFormat.EVENTS : events,
        NativeWebhookFormat.NAME,
        SignatureScheme.STANDARD,
        null);
  }

  Endpoint.EndpointChange change(Endpoints endpoints) {
    return new Endpoint.EndpointChange(
        url == null ? null : checkedUrl(endpoints, url), events, null, null);
  }

  private static String checkedUrl(Endpoints endpoints, String url) {
    Optional<Violation> violation = endpoints.targetProblem("url", url);
    if (violation.isPresent()) {
      throw Problem.invalid(InputError.of(violation.get())).asException();
    }
    return url;
  }
}
