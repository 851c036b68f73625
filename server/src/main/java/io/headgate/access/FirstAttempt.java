package io.headgate.access;

import io.headgate.access.IdempotencyStore.Row;
import io.headgate.access.Unreleased.Claim;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.http.Answer;
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
final class FirstAttempt {

  private final Database database;
  private final Unreleased unreleased;
  private final Claim claim;
  private final Request request;
  private final MessageDigest digest;
  private final Seal seal;
  private boolean remembered;

  FirstAttempt(
      Database database,
      Unreleased unreleased,
      Claim claim,
      Request request,
      MessageDigest digest,
      Seal seal) {
    this.database = database;
    this.unreleased = unreleased;
    this.claim = claim;
    this.request = request;
    this.digest = digest;
    this.seal = seal;
  }

  /** Runs the operation. A request whose response is not stored may be repeated as a new one. */
  Answer run(Supplier<Answer> operation, Function<Problem, Answer> refusal) {
    try {
      return settled(operation, refusal);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Also when a client disconnects while its body is read after a refusal.
      release();
      throw e;
    }
  }

  private Answer settled(Supplier<Answer> operation, Function<Problem, Answer> refusal) {
    try {
      Answer answer = operation.get();
      settle(answer);
      return answer;
    } catch (ProblemException e) {
      settle(refusal.apply(e.problem()));
      throw e;
    }
  }

  private void settle(Answer answer) {
    if (remembered && answer.status() < 400) {
      return;
    }
    // Without the whole body there is no digest to compare a repeated request with.
    if (decided(answer) && request.drain(Json.MAX_BYTES)) {
      database.useTransaction(tx -> keep(tx, answer));
    } else {
      release();
    }
  }

  private static boolean decided(Answer answer) {
    return !(answer.body() instanceof Answer.Body.Stream)
        && !(answer.body() instanceof Answer.Body.Sized)
        && answer.status() < 500
        && answer.status() != 401
        && answer.status() != 429;
  }

  void remember(Tx tx, Answer answer) {
    request.drain(Json.MAX_BYTES);
    if (!keep(tx, answer)) {
      throw Idempotency.inProgress();
    }
    remembered = true;
  }

  private boolean keep(Tx tx, Answer answer) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    byte[] body = new byte[0];
    if (answer.body() instanceof Answer.Body.Bytes(String mediaType, byte[] content)) {
      headers.put("Content-Type", mediaType);
      body = seal.seal(content);
    }
    Row row = new Row(hash(), answer.status(), Json.mapper().writeValueAsString(headers), body);
    return IdempotencyStore.answerIfStillOurs(tx, claim.place(), claim.since(), row);
  }

  private byte[] hash() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The SHA-256 of this JDK cannot be cloned.", e);
    }
  }

  private void release() {
    unreleased.release(claim);
  }
}
