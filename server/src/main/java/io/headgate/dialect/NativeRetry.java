package io.headgate.dialect;

import io.headgate.batch.Caller;
import io.headgate.engine.Engine;
import io.headgate.engine.RetryOptions;
import io.headgate.engine.SecretOptions;
import io.headgate.http.ApiResponse;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchView;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Queues the failed items of a batch again. */
public final class NativeRetry {

  private final Engine engine;
  private final SecretOptions optionsCipher;

  NativeRetry(Engine engine, SecretOptions optionsCipher) {
    this.engine = engine;
    this.optionsCipher = optionsCipher;
  }

  /**
   * Makes the failed items of a batch pending again, and stores the response with that: a repeat
   * with the same idempotency key gets the same response.
   *
   * @param batch found with {@link NativeBatches}
   * @param secretOptions new secret options of the batch, see {@link NativeSubmit#encrypt}. Without
   *     them the items run with the secret options that the batch still has, which are none after
   *     its end.
   * @param response builds the vendor's response from the number of items
   * @throws ProblemException {@code nothing-to-do}, {@code batch-finished}, {@code
   *     batch-not-finished} or {@code insufficient-credits}
   */
  public ApiResponse retry(
      Request request,
      Caller caller,
      BatchView batch,
      Optional<JsonNode> secretOptions,
      Function<Integer, ApiResponse> response) {
    AtomicReference<ApiResponse> stored = new AtomicReference<>();
    RetryOptions options =
        secretOptions
            .map(optionsCipher::encrypt)
            .<RetryOptions>map(RetryOptions.NewSecrets::new)
            .orElseGet(RetryOptions.NoSecrets::new);
    Refusals.requireDone(
        engine.retry(
            caller,
            batch.id(),
            options,
            (tx, done) -> {
              stored.set(response.apply(done.items()));
              request.recordResponse(tx, stored.get());
            }));
    return stored.get();
  }
}
