package io.headgate;

import io.headgate.api.admin.AdminOperations;
import io.headgate.api.batch.BatchOperations;
import io.headgate.api.batch.ChangeNotifier;
import io.headgate.api.template.TemplateOperations;
import io.headgate.api.webhook.WebhookOperations;
import io.headgate.api.worker.ExchangeWork;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.SharedSecret;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.headgate.view.BatchChangeReader;
import io.headgate.view.ReceiptReader;
import io.headgate.view.Results;
import io.headgate.view.SettlementReader;
import io.headgate.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;

/** Builds the operations of the native API, a method for each of its subjects. */
final class NativeApi {

  private final ClusterDatabase cluster;
  private final PageCursors cursors;
  private final List<Operation> operations = new ArrayList<>();

  NativeApi(ClusterDatabase cluster) {
    this.cluster = cluster;
    this.cursors = new PageCursors(SharedSecret.getOrCreate(cluster.database(), "cursors"));
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  NativeApi addAdmin(AccessModule access, Processors processors, AdminOperations.Probes probes) {
    operations.addAll(
        AdminOperations.of(
            new AdminOperations.AccountServices(
                cluster.database(), cluster.clock(), access.accounts(), access.keys(), cursors),
            processors,
            probes));
    return this;
  }

  NativeApi addBatches(
      EngineModule engine, Processors processors, ChangeNotifier changes, ArtifactLinks links) {
    operations.add(
        BatchOperations.submit(engine.intake(), processors, engine.batches(), cluster.clock()));
    operations.addAll(BatchOperations.batches(engine.engine(), engine.batches(), cursors));
    operations.addAll(BatchOperations.items(engine.items(), engine.artifacts(), links, cursors));
    operations.addAll(
        BatchOperations.streams(
            new Results(cluster.database(), cluster.clock()),
            new BatchChangeReader(cluster.database(), cluster.clock()),
            changes,
            links));
    operations.addAll(
        BatchOperations.cancels(
            engine.engine(),
            engine.batches(),
            new ReceiptReader(cluster.database()),
            new SettlementReader(cluster.database(), cluster.clock())));
    operations.add(new ExchangeWork(engine.workers(), processors));
    return this;
  }

  NativeApi addTemplates(Templates templates) {
    operations.addAll(TemplateOperations.of(templates, cursors));
    return this;
  }

  NativeApi addWebhooks(Webhooks webhooks) {
    operations.addAll(WebhookOperations.of(webhooks.endpoints(), webhooks.deliveries(), cursors));
    return this;
  }
}
