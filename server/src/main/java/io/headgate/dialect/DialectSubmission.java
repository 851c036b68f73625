package io.headgate.dialect;

import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.webhook.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * A vendor's submit request in native terms.
 *
 * @param order its origin names the dialect
 * @param webhook an endpoint for the events of this batch alone: what vendors call the webhook URL
 *     of a batch. It is stored in the transaction that stores the batch.
 */
public record DialectSubmission(
    BatchOrder order, List<NewItem> items, Optional<Endpoint.EndpointSettings> webhook) {

  public DialectSubmission {
    if (order.origin() == null) {
      throw new IllegalArgumentException("the order of a dialect needs an origin");
    }
    items = List.copyOf(items);
  }

  /** A submission without a webhook. */
  public static DialectSubmission of(BatchOrder order, List<NewItem> items) {
    return new DialectSubmission(order, items, Optional.empty());
  }

  /** The same submission with this webhook. */
  public DialectSubmission with(Endpoint.EndpointSettings endpoint) {
    return new DialectSubmission(order, items, Optional.of(endpoint));
  }
}
