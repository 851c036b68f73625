package io.headgate.dialect;

import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.processor.Processors;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Endpoints;
import java.time.InstantSource;

/** The rooms a dialect may call on. */
public record House(
    Intake intake,
    Engine engine,
    Processors processors,
    Batches batches,
    Items items,
    Endpoints endpoints,
    Deliveries deliveries,
    InstantSource clock) {}
