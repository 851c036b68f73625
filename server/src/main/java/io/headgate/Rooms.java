package io.headgate;

import io.headgate.access.Keys;
import io.headgate.artifact.Artifacts;
import io.headgate.artifact.Links;
import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.outbound.Targets;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.headgate.view.LiveProgress;
import io.headgate.webhook.Webhooks;
import java.time.InstantSource;

/** The rooms that requests are answered from. */
record Rooms(
    Database database,
    InstantSource clock,
    Accounts accounts,
    Keys keys,
    Processors processors,
    Engine engine,
    Intake intake,
    Webhooks webhooks,
    LiveProgress progress,
    Targets targets,
    Artifacts artifacts,
    Links links,
    Templates templates) {}
