package io.headgate.dialect;

import io.headgate.engine.Confided;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.outbound.Targets;
import io.headgate.processor.Processors;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.Usage;
import java.time.InstantSource;

/**
 * The rooms a dialect may call on.
 *
 * @param targets which addresses pages may be fetched from
 * @param confided how options are kept that nobody may find later
 */
public record House(
    Intake intake,
    Engine engine,
    Processors processors,
    Batches batches,
    Items items,
    Usage usage,
    Targets targets,
    Confided confided,
    InstantSource clock) {}
