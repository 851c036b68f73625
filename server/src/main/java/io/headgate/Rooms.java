package io.headgate;

import io.headgate.access.ApiKeys;
import io.headgate.artifact.Artifacts;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.node.Node;
import io.headgate.outbound.Outbound;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.headgate.view.LiveProgress;
import io.headgate.webhook.Webhooks;
import java.time.InstantSource;

/** The rooms that requests are answered from. */
record Rooms(
    Node.NodeDependencies ground,
    Accounts accounts,
    ApiKeys keys,
    Processors processors,
    Intake intake,
    Templates templates,
    Webhooks webhooks,
    LiveProgress progress,
    Outbound outbound,
    ArtifactLinks links) {

  Database database() {
    return ground.database();
  }

  InstantSource clock() {
    return ground.clock();
  }

  Engine engine() {
    return ground.engine();
  }

  Artifacts artifacts() {
    return ground.artifacts();
  }
}
