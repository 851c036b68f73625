package io.headgate.dialect;

import io.headgate.artifact.Links;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.processor.Processors;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import java.time.InstantSource;

/**
 * The rooms a dialect may call on.
 *
 * @param links addresses of artifacts: {@code links.url(new Links.Target(batch, ordinal, name),
 *     request.baseUrl())}
 */
public record House(
    Intake intake,
    Engine engine,
    Processors processors,
    Batches batches,
    Items items,
    InstantSource clock,
    Links links) {}
