package io.headgate.dialect;

import io.headgate.artifact.Artifacts;
import io.headgate.artifact.Links;
import io.headgate.engine.Confided;
import io.headgate.engine.Engine;
import io.headgate.intake.Intake;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.Targets;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.Usage;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Endpoints;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The rooms a dialect may call on.
 *
 * @param outbound the only way to fetch anything
 * @param confided how options are kept that nobody may find later
 * @param links addresses of artifacts: {@code links.url(new Links.Target(batch, ordinal, name),
 *     request.baseUrl())}
 */
public record House(
    Intake intake,
    Engine engine,
    Processors processors,
    Batches batches,
    Items items,
    Templates templates,
    Endpoints endpoints,
    Deliveries deliveries,
    Usage usage,
    Outbound outbound,
    Confided confided,
    Patience patience,
    Artifacts artifacts,
    Links links,
    InstantSource clock) {

  /** Which addresses pages may be fetched from. */
  Targets targets() {
    return outbound.targets();
  }

  /** Waits for a batch, on behalf of a client that waits. */
  @FunctionalInterface
  public interface Patience {

    /**
     * Returns when {@code over} answers true; it is asked whenever the batch changed.
     *
     * @return false when {@code limit} passed first
     * @throws InterruptedIOException when the server stops
     */
    boolean await(UUID batch, Duration limit, BooleanSupplier over) throws InterruptedIOException;
  }
}
