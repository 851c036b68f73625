package io.headgate.access;

import io.headgate.access.IdempotencyStore.StoredResponse;
import io.headgate.access.PendingReleases.EntryClaim;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.http.ApiResponse;
import io.headgate.http.Json;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The first request with an idempotency key: its entry gets the response, or is released. */
final class FirstRequest {

  private final Database database;
  private final PendingReleases pendingReleases;
  private final EntryClaim claim;
  private final Request request;
  private final MessageDigest digest;
  private final ResponseCipher cipher;
  private boolean stored;

  FirstRequest(
      Database database,
      PendingReleases pendingReleases,
      EntryClaim claim,
      Request request,
      MessageDigest digest,
      ResponseCipher cipher) {
    this.database = database;
    this.pendingReleases = pendingReleases;
    this.claim = claim;
    this.request = request;
    this.digest = digest;
    this.cipher = cipher;
  }

  /** Runs the operation. A request whose response is not stored may be repeated as a new one. */
  ApiResponse run(Supplier<ApiResponse> operation, Function<Problem, ApiResponse> problemAnswer) {
    try {
      return runAndStore(operation, problemAnswer);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Also when a client disconnects while its body is read after a refusal.
      release();
      throw e;
    }
  }

  private ApiResponse runAndStore(
      Supplier<ApiResponse> operation, Function<Problem, ApiResponse> problemAnswer) {
    try {
      ApiResponse answer = operation.get();
      store(answer);
      return answer;
    } catch (ProblemException e) {
      store(problemAnswer.apply(e.problem()));
      throw e;
    }
  }

  private void store(ApiResponse answer) {
    if (stored && answer.status() < 400) {
      return;
    }
    // Without the whole body there is no digest to compare a repeated request with.
    if (isFinal(answer) && request.drain(Json.MAX_BYTES)) {
      database.useTransaction(tx -> storeResponse(tx, answer));
    } else {
      release();
    }
  }

  private static boolean isFinal(ApiResponse answer) {
    return !(answer.body() instanceof ApiResponse.ResponseContent.StreamContent)
        && !(answer.body() instanceof ApiResponse.ResponseContent.SizedContent)
        && answer.status() < 500
        && answer.status() != 401
        && answer.status() != 429;
  }

  void storeIn(Tx tx, ApiResponse answer) {
    request.drain(Json.MAX_BYTES);
    if (!storeResponse(tx, answer)) {
      throw Idempotency.inProgress();
    }
    stored = true;
  }

  private boolean storeResponse(Tx tx, ApiResponse answer) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    byte[] body = new byte[0];
    if (answer.body()
        instanceof ApiResponse.ResponseContent.BytesContent(String mediaType, byte[] content)) {
      headers.put("Content-Type", mediaType);
      body = cipher.encrypt(content);
    }
    StoredResponse row =
        new StoredResponse(
            hash(), answer.status(), Json.mapper().writeValueAsString(headers), body);
    return IdempotencyStore.storeResponseIfClaimed(tx, claim.entry(), claim.claimedAt(), row);
  }

  private byte[] hash() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The SHA-256 of this JDK cannot be cloned.", e);
    }
  }

  private void release() {
    pendingReleases.release(claim);
  }
}
