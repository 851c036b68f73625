package io.headgate;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.config.Config;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.SharedSecret;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.node.FailureReaction;
import io.headgate.node.Node;
import io.headgate.node.RemoteWorkers;
import io.headgate.processor.Processors;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.LiveProgress;
import java.util.Random;
import java.util.function.Supplier;

/** The engine, the node that runs its items, and what reads and writes batches beside it. */
final class EngineModule {

  private final ClusterDatabase cluster;
  private final Engine engine;
  private final Artifacts artifacts;
  private final Node node;
  private final RemoteWorkers workers;
  private final Intake intake;

  /** Starts the node: from here on it claims items. */
  EngineModule(
      CloseableStack parts,
      Config config,
      ClusterDatabase cluster,
      Processors processors,
      FailureReaction reaction) {
    this.cluster = cluster;
    engine = new Engine(cluster.database(), cluster.clock(), config.node().lease(), new Random());
    artifacts = parts.add(artifacts(config.artifacts(), cluster));
    node =
        parts.add(
            Node.start(cluster, engine, artifacts, processors, nodeOptions(config, reaction)));
    node.health().watch(cluster.listener().loop());
    node.health().watch(parts.add(artifacts.sweeper().start()).loop());
    workers = new RemoteWorkers(cluster, engine);
    intake =
        new Intake(
            cluster.database(),
            engine::admit,
            processors,
            cluster.partitions(),
            config.safety().maxItems());
  }

  private static Artifacts artifacts(Config.ArtifactConfig config, ClusterDatabase cluster) {
    return new Artifacts(
        cluster.database(),
        cluster.clock(),
        config.location(),
        new Artifacts.ArtifactLimits(config.maxBytes(), config.maxPerItem()));
  }

  private static Node.NodeOptions nodeOptions(Config config, FailureReaction reaction) {
    Config.NodeSettings node = config.node();
    return new Node.NodeOptions(
        node.name(),
        node.slots(),
        node.lease(),
        config.storage().dataFolder().resolve("scratch"),
        node.drainTimeout(),
        reaction);
  }

  Engine engine() {
    return engine;
  }

  Artifacts artifacts() {
    return artifacts;
  }

  Node node() {
    return node;
  }

  RemoteWorkers workers() {
    return workers;
  }

  Intake intake() {
    return intake;
  }

  Batches batches() {
    return new Batches(cluster.database(), cluster.clock());
  }

  /** Reads items, with the progress of those that run on this node or on its remote workers. */
  Items items() {
    LiveProgress progress =
        (batch, ordinal) ->
            node.progress(batch, ordinal)
                .or(() -> workers.progress(batch, ordinal))
                .map(p -> new LiveProgress.ProgressReport(p.ratio(), p.message()));
    return new Items(cluster.database(), cluster.clock(), progress);
  }

  /**
   * Creates links to artifacts.
   *
   * @param address the server's own address, for links when no public URL is configured
   */
  ArtifactLinks links(Config config, Supplier<String> address) {
    return new ArtifactLinks(
        SharedSecret.getOrCreate(cluster.database(), "artifacts"),
        cluster.clock(),
        config.artifacts().linkLifetime(),
        new ArtifactLinks.LinkBase(config.http().publicUrl(), address));
  }
}
