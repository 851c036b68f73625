package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.http.Spelling;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code POST /webhook-subscriptions}: only this response contains the secret. */
record PictifyCreateSubscription(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  record NewSubscription(
      @Nullable String event,
      @Nullable String targetUrl,
      @Nullable String platform,
      @Nullable JsonNode filters) {

    NewSubscription {
      List<Violation> violations = new ArrayList<>();
      if (event == null || event.isBlank()) {
        violations.add(Violation.missing("event"));
      } else if (!PictifySubscriptions.EVENTS.contains(event)) {
        violations.add(new Violation("event", unknown(event)));
      }
      if (targetUrl == null || targetUrl.isBlank()) {
        violations.add(Violation.missing("targetUrl"));
      }
      if (filters != null && !filters.isObject() && !filters.isNull()) {
        violations.add(new Violation("filters", "must be an object", ViolationKind.WRONG_TYPE));
      }
      if (!violations.isEmpty()) {
        throw new InvalidInputException(violations);
      }
    }

    private static String unknown(String event) {
      return "must be one of %s; got %s%s"
          .formatted(
              String.join(", ", PictifySubscriptions.EVENTS),
              Spelling.shown(event),
              Spelling.hint(event, PictifySubscriptions.EVENTS));
    }

    Endpoint.EndpointSettings order() {
      return PictifySubscriptions.order(
          Objects.requireNonNull(targetUrl),
          Objects.requireNonNull(event),
          platform == null ? "custom" : platform,
          filters == null || filters.isNull() ? null : filters);
    }
  }

  @Override
  public Route route() {
    return Route.post("/webhook-subscriptions");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public boolean confidential() {
    return true;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    Endpoint.EndpointSettings order = VendorJson.convert(body, NewSubscription.class).order();
    subscriptions.requireTarget("targetUrl", order.url());
    if (!subscriptions.endpoints().isBelowLimit(PictifySubscriptions.owner(caller))) {
      throw PictifyErrors.quotaExceeded(
          "The account has its limit of " + Endpoints.MAX_PER_OWNER + " webhook subscriptions");
    }
    AtomicReference<ApiResponse> response = new AtomicReference<>();
    subscriptions
        .endpoints()
        .create(
            PictifySubscriptions.owner(caller),
            order,
            (tx, created) -> {
              response.set(
                  VendorJson.answer(
                      201, PictifySubscription.response(created.endpoint(), created.secret())));
              request.recordResponse(tx, response.get());
            });
    return response.get();
  }
}
