package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code PUT /webhook-subscriptions/{uid}}: changes a subscription. Missing fields keep their
 * value; null removes the filters.
 */
record PictifyChangeSubscription(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  record SubscriptionUpdate(
      @Nullable String targetUrl, @Nullable JsonNode filters, @Nullable String status) {

    SubscriptionUpdate {
      if (status != null && !status.equals("active") && !status.equals("paused")) {
        throw new InvalidInputException("status", "must be one of active, paused");
      }
      if (filters != null && !filters.isObject() && !filters.isNull()) {
        throw new InvalidInputException("filters", "must be an object", ViolationKind.WRONG_TYPE);
      }
    }

    Endpoint.EndpointChange change(Endpoint before) {
      return new Endpoint.EndpointChange(
          targetUrl,
          null,
          filters == null ? null : facts(before, filters),
          status == null ? null : Endpoint.EndpointState.of(status));
    }

    private static ObjectNode facts(Endpoint before, JsonNode filters) {
      ObjectNode facts =
          (ObjectNode) Objects.requireNonNull(before.settings().dialectData()).deepCopy();
      facts.set("filters", filters.isNull() ? facts.objectNode() : filters);
      return facts;
    }
  }

  @Override
  public Route route() {
    return Route.put("/webhook-subscriptions/{uid}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    SubscriptionUpdate form = VendorJson.convert(body, SubscriptionUpdate.class);
    String uid = request.pathParameter("uid");
    Endpoint before = subscriptions.require(caller, uid);
    if (form.targetUrl() != null) {
      subscriptions.requireTarget("targetUrl", form.targetUrl());
    }
    Endpoint after = subscriptions.change(caller, uid, form.change(before));
    return VendorJson.answer(200, PictifySubscription.response(after, null));
  }
}
