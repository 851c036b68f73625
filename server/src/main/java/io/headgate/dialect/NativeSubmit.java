package io.headgate.dialect;

import io.headgate.batch.Caller;
import io.headgate.batch.Violation;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.engine.SecretOptions;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.intake.Intake;
import io.headgate.intake.InvalidLinePolicy;
import io.headgate.intake.ItemSource;
import io.headgate.intake.SubmitResult;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Stores batches for dialects. It is the same for all of them: the order names the dialect. */
public final class NativeSubmit {

  private final Intake intake;
  private final Processors processors;
  private final Endpoints endpoints;
  private final SecretOptions optionsCipher;

  public NativeSubmit(
      Intake intake, Processors processors, Endpoints endpoints, SecretOptions optionsCipher) {
    this.intake = intake;
    this.processors = processors;
    this.endpoints = endpoints;
    this.optionsCipher = optionsCipher;
  }

  /**
   * Stores a batch, and the response with it: a repeat with the same idempotency key gets the same
   * response.
   *
   * @param response builds the vendor's response from what was stored
   * @throws ProblemException {@code processor-unavailable}, {@code invalid-request}, {@code
   *     invalid-items}, {@code insufficient-credits} or {@code too-many-pending}; nothing is stored
   */
  public ApiResponse submit(
      Request request,
      Caller caller,
      DialectSubmission submission,
      Function<SubmitResult.Submitted, ApiResponse> response) {
    AtomicReference<ApiResponse> stored = new AtomicReference<>();
    store(
        caller,
        submission,
        (tx, submitted) -> {
          submission
              .webhook()
              .ifPresent(webhook ->
                  endpoints.createForBatch(
                      tx, owner(caller, submission.order()), submitted.id(), webhook));
          stored.set(response.apply(submitted));
          request.recordResponse(tx, stored.get());
        });
    return stored.get();
  }

  private static EndpointOwner owner(Caller caller, BatchOrder order) {
    return new EndpointOwner(caller.account(), Objects.requireNonNull(order.origin()).dialect());
  }

  /** Stores a batch without a response. */
  SubmitResult.Submitted store(
      Caller caller, DialectSubmission submission, Intake.BeforeCommit whenStored) {
    requireRunnable(submission.order());
    try {
      return Refusals.requireSubmitted(
          intake.submit(
              caller,
              submission.order(),
              ItemSource.of(submission.items()),
              InvalidLinePolicy.REFUSE,
              whenStored),
          "");
    } catch (IOException e) {
      throw new UncheckedIOException("reading items from memory failed", e);
    }
  }

  private void requireRunnable(BatchOrder order) {
    Processor processor = processors.find(order.processor()).orElseThrow();
    if (!processor.missingRequirements().isEmpty()) {
      throw Problem.of(
              ProblemCode.PROCESSOR_UNAVAILABLE,
              "This server lacks " + String.join(", ", processor.missingRequirements()) + ".")
          .asException();
    }
    List<Violation> violations = violations(order.processor(), order.options());
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations.stream().map(InputError::of).toList()).asException();
    }
  }

  /** What the processor rejects in these options on this server; empty if it accepts them. */
  public List<Violation> violations(String processor, JsonNode options) {
    return processors.find(processor).orElseThrow().checkOptions(options);
  }

  /**
   * Encrypts options for {@link io.headgate.engine.NewBatch.DialectOrigin}. The processor gets them
   * beside the batch's other options, no API returns them, and they are erased when the batch ends.
   */
  public String encrypt(JsonNode options) {
    return optionsCipher.encrypt(options);
  }

  /**
   * Checks the webhook of a submission.
   *
   * @param field of the vendor's request, for the error
   * @throws ProblemException {@code invalid-request} if this server does not send to its URL
   */
  public void requireTarget(String field, Endpoint.EndpointSettings webhook) {
    endpoints
        .targetProblem(field, webhook.url())
        .ifPresent(violation -> {
          throw Problem.invalid(InputError.of(violation)).asException();
        });
  }
}
