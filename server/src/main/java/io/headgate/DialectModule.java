package io.headgate;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.db.ClusterDatabase;
import io.headgate.dialect.BatchWaiter;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.NativeTargets;
import io.headgate.dialect.NativeUsage;
import io.headgate.dialect.NativeVerbs;
import io.headgate.dialect.pictify.Pictify;
import io.headgate.dialect.spidra.Spidra;
import io.headgate.engine.SecretOptions;
import io.headgate.view.UsageReader;
import io.headgate.webhook.Webhooks;
import java.util.List;

/**
 * Builds the native verbs once, and every dialect from what it uses. A new dialect is added here.
 */
final class DialectModule {

  private final ClusterDatabase cluster;
  private final EngineModule engine;
  private final ProcessorModule processors;
  private final Webhooks webhooks;
  private final ArtifactLinks links;

  DialectModule(
      ClusterDatabase cluster,
      EngineModule engine,
      ProcessorModule processors,
      Webhooks webhooks,
      ArtifactLinks links) {
    this.cluster = cluster;
    this.engine = engine;
    this.processors = processors;
    this.webhooks = webhooks;
    this.links = links;
  }

  /**
   * Builds all dialects.
   *
   * @param waiter wakes requests that wait for the end of a batch
   */
  List<Dialect> dialects(BatchWaiter waiter) {
    NativeVerbs verbs = verbs(waiter);
    return List.of(spidra(verbs), pictify(verbs));
  }

  private NativeVerbs verbs(BatchWaiter waiter) {
    SecretOptions secrets = SecretOptions.of(cluster.database());
    return new NativeVerbs(
        new NativeSubmit(engine.intake(), processors.processors(), webhooks.endpoints(), secrets),
        engine.engine(),
        secrets,
        engine.batches(),
        engine.items(),
        waiter);
  }

  private Dialect spidra(NativeVerbs verbs) {
    return new Spidra(
        verbs,
        new NativeTargets(processors.outbound().targetCheck()),
        new NativeUsage(new UsageReader(cluster.database()), cluster.clock()),
        links,
        cluster.clock());
  }

  private Dialect pictify(NativeVerbs verbs) {
    return new Pictify(
        verbs,
        processors.templates(),
        webhooks.endpoints(),
        engine.artifacts(),
        links,
        processors.outbound(),
        cluster.clock());
  }
}
