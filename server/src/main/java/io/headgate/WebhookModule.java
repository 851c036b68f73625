package io.headgate;

import io.headgate.db.ClusterDatabase;
import io.headgate.db.SharedSecret;
import io.headgate.outbound.Outbound;
import io.headgate.webhook.Webhooks;

/** Webhooks, whose secrets are encrypted with a key that all nodes share. */
final class WebhookModule {

  private WebhookModule() {}

  static Webhooks build(ClusterDatabase cluster, Outbound outbound) {
    byte[] key = SharedSecret.getOrCreate(cluster.database(), "webhooks");
    return new Webhooks(cluster.database(), cluster.clock(), outbound, key);
  }
}
