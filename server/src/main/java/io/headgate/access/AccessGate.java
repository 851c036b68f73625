package io.headgate.access;

import io.headgate.access.Rates.Taken;
import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Gate;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request before its operation runs: API key, then rate, then scope, then idempotency key.
 * Safe for use by several threads.
 */
public final class AccessGate implements Gate {

  private final Keys keys;
  private final Idempotency idempotency;
  private final Rates requests;
  private final Rates wrongKeys;
  private final Manners manners;
  private final Function<Problem, Answer> refusal;

  /** The checks of the native API. */
  public AccessGate(Keys keys, Idempotency idempotency, RateLimits limits) {
    this(
        keys,
        idempotency,
        new Rates(limits.requestsPerMinute()),
        new Rates(limits.wrongKeysPerMinute()),
        new NativeManners(),
        Problem::answer);
  }

  private AccessGate(
      Keys keys,
      Idempotency idempotency,
      Rates requests,
      Rates wrongKeys,
      Manners manners,
      Function<Problem, Answer> refusal) {
    this.keys = keys;
    this.idempotency = idempotency;
    this.requests = requests;
    this.wrongKeys = wrongKeys;
    this.manners = manners;
    this.refusal = refusal;
  }

  /**
   * The checks of another API, with the same keys and rates.
   *
   * @param refusal builds that API's response to a problem; a repeated request gets the same
   */
  public AccessGate with(Manners other, Function<Problem, Answer> refusal) {
    return new AccessGate(keys, idempotency, requests, wrongKeys, other, refusal);
  }

  @Override
  public Answer pass(Request request, Operation.Keyed operation) {
    String secret = manners.secret(request);
    Key key = authenticate(request, secret);
    Taken taken = requests.take(key.id().toString());
    try {
      admit(key, taken, operation.scope());
      return withRate(answer(request, operation, key, secret), taken);
    } catch (ProblemException e) {
      throw withRate(e.problem(), taken).asException();
    }
  }

  /**
   * Checks key, rate and scope of a request that has no operation.
   *
   * @throws ProblemException when one of them refuses it
   */
  public Caller require(Request request, Scope scope) {
    Key key = authenticate(request, manners.secret(request));
    admit(key, requests.take(key.id().toString()), scope);
    return key.caller();
  }

  private Answer answer(Request request, Operation.Keyed operation, Key key, String secret) {
    return idempotency.answer(
        request, operation, new Idempotency.Asker(key.caller(), secret, refusal));
  }

  // A secret that this node does not know costs a query. An address with too many wrong keys gets
  // no
  // more of them; keys that this node knows still work from there.
  private Key authenticate(Request request, String secret) {
    String address = request.remoteAddress();
    if (wrongKeys.exhausted(address) && !keys.knows(secret)) {
      throw tooManyGuesses(wrongKeys.take(address));
    }
    Optional<Key> key = keys.find(secret);
    if (key.isEmpty()) {
      Taken taken = wrongKeys.take(address);
      throw taken == null || taken.allowed() ? manners.wrongKey() : tooManyGuesses(taken);
    }
    return key.get();
  }

  private static void admit(Key key, @Nullable Taken taken, Scope scope) {
    if (taken != null && !taken.allowed()) {
      throw Problem.of(
              ProblemCode.RATE_LIMITED,
              "This key may send " + taken.perMinute() + " requests per minute.")
          .withHeader("Retry-After", Long.toString(taken.retryAfterSeconds()))
          .asException();
    }
    if (!key.scopes().contains(scope)) {
      throw Problem.of(
              ProblemCode.FORBIDDEN,
              "This operation needs a key with the scope " + scope.word() + ".")
          .asException();
    }
  }

  private static ProblemException tooManyGuesses(@Nullable Taken taken) {
    long wait = taken == null ? 1 : taken.retryAfterSeconds();
    return Problem.of(ProblemCode.RATE_LIMITED, "Too many wrong keys came from this address.")
        .withHeader("Retry-After", Long.toString(wait))
        .asException();
  }

  private Answer withRate(Answer answer, @Nullable Taken taken) {
    Answer told = answer;
    for (Map.Entry<String, String> header : standing(taken).entrySet()) {
      told = told.with(header.getKey(), header.getValue());
    }
    return told;
  }

  private Problem withRate(Problem problem, @Nullable Taken taken) {
    Problem told = problem;
    for (Map.Entry<String, String> header : standing(taken).entrySet()) {
      told = told.withHeader(header.getKey(), header.getValue());
    }
    return told;
  }

  private Map<String, String> standing(@Nullable Taken taken) {
    return taken == null
        ? Map.of()
        : manners.standing(
            new Manners.Standing(taken.perMinute(), taken.left(), taken.resetSeconds()));
  }
}
