package io.headgate.api.webhook;

import io.headgate.api.JsonTexts;
import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInput;
import io.headgate.http.Problem;
import io.headgate.http.Spelling;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.NativeFormat;
import io.headgate.webhook.Signature;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a webhook, to make or to change it.
 *
 * @param events all when left out of a new one
 */
record WebhookForm(@Nullable String url, @Nullable List<String> events) {

  private static final int MAX_URL = 2_048;
  private static final String KNOWN = String.join(", ", NativeFormat.EVENTS);

  WebhookForm {
    if (url != null && (url.length() > MAX_URL || !JsonTexts.storable(url))) {
      throw new InvalidInput("url", "must be an http or https URL of up to 2048 characters");
    }
    if (events != null) {
      if (events.isEmpty()) {
        throw new InvalidInput("events", "must name at least one of " + KNOWN, Flaw.OUT_OF_RANGE);
      }
      events.forEach(WebhookForm::requireEvent);
    }
  }

  private static void requireEvent(@Nullable String event) {
    if (event == null) {
      throw new InvalidInput("events", "must each be a string, not null", Flaw.WRONG_TYPE);
    }
    if (!NativeFormat.EVENTS.contains(event)) {
      String hint = Spelling.hint(event, NativeFormat.EVENTS);
      throw new InvalidInput(
          "events",
          "names %s, which is no event%s"
              .formatted(Spelling.shown(event), hint.isEmpty() ? "; there are " + KNOWN : hint));
    }
  }

  Endpoint.Order order(Endpoints endpoints) {
    if (url == null) {
      throw Problem.invalid(InputError.field("url", "is missing")).asException();
    }
    return new Endpoint.Order(
        checked(endpoints, url),
        events == null ? NativeFormat.EVENTS : events,
        NativeFormat.NAME,
        Signature.STANDARD,
        null);
  }

  Endpoint.Change change(Endpoints endpoints) {
    return new Endpoint.Change(url == null ? null : checked(endpoints, url), events, null, null);
  }

  private static String checked(Endpoints endpoints, String url) {
    Optional<Violation> objection = endpoints.objection("url", url);
    if (objection.isPresent()) {
      throw Problem.invalid(InputError.of(objection.get())).asException();
    }
    return url;
  }
}
