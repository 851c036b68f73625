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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate of the native API: key, then rate, then scope, then idempotency, then the operation. */
public final class AccessGate implements Gate {

  private static final String POLICY = "RateLimit-Policy";

  private final Keys keys;
  private final Idempotency idempotency;
  private final Rates requests;
  private final Rates wrongKeys;

  public AccessGate(Keys keys, Idempotency idempotency, RateLimits limits) {
    this.keys = keys;
    this.idempotency = idempotency;
    this.requests = new Rates(limits.requestsPerMinute());
    this.wrongKeys = new Rates(limits.wrongKeysPerMinute());
  }

  @Override
  public Answer pass(Request request, Operation.Keyed operation) {
    String secret = secret(request);
    Key key = authenticate(request, secret);
    Taken taken = requests.take(key.id().toString());
    try {
      admit(key, taken, operation.scope());
      return withRate(idempotency.answer(request, operation, key.caller(), secret), taken);
    } catch (ProblemException e) {
      throw withRate(e.problem(), taken).asException();
    }
  }

  /**
   * Lets a request through without an operation behind it.
   *
   * @throws ProblemException when it may not pass
   */
  public Caller require(Request request, Scope scope) {
    Key key = authenticate(request, secret(request));
    admit(key, requests.take(key.id().toString()), scope);
    return key.caller();
  }

  private static String secret(Request request) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isPresent()) {
      String value = authorization.get();
      if (!value.regionMatches(true, 0, "Bearer ", 0, 7)) {
        throw unauthorized("The Authorization header must be: Bearer hg_….");
      }
      return value.substring(7).strip();
    }
    return request
        .header("x-api-key")
        .map(String::strip)
        .orElseThrow(() -> unauthorized("Send a key as Authorization: Bearer hg_…."));
  }

  // A secret this node has never seen to be good costs a look into the database; an address that
  // only guesses gets none any more. Whoever shares the address with it is not shut out.
  private Key authenticate(Request request, String secret) {
    String address = request.remoteAddress();
    if (wrongKeys.exhausted(address) && !keys.knows(secret)) {
      throw tooManyGuesses(wrongKeys.take(address));
    }
    Optional<Key> key = keys.find(secret);
    if (key.isEmpty()) {
      Taken taken = wrongKeys.take(address);
      throw taken == null || taken.allowed()
          ? unauthorized("The key is unknown, expired or revoked.")
          : tooManyGuesses(taken);
    }
    return key.get();
  }

  private static void admit(Key key, @Nullable Taken taken, Scope scope) {
    if (taken != null && !taken.allowed()) {
      throw Problem.of(
              ProblemCode.RATE_LIMITED,
              "This key may ask " + taken.perMinute() + " times a minute.")
          .withHeader("Retry-After", Long.toString(taken.retryAfterSeconds()))
          .asException();
    }
    if (!key.scopes().contains(scope)) {
      throw Problem.of(
              ProblemCode.FORBIDDEN, "This needs a key with the scope " + scope.word() + ".")
          .asException();
    }
  }

  private static ProblemException unauthorized(String detail) {
    return Problem.of(ProblemCode.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", "Bearer")
        .asException();
  }

  private static ProblemException tooManyGuesses(@Nullable Taken taken) {
    long wait = taken == null ? 1 : taken.retryAfterSeconds();
    return Problem.of(ProblemCode.RATE_LIMITED, "Too many wrong keys came from this address.")
        .withHeader("Retry-After", Long.toString(wait))
        .asException();
  }

  private static Answer withRate(Answer answer, @Nullable Taken taken) {
    return taken == null
        ? answer
        : answer.with(POLICY, policy(taken)).with("RateLimit", standing(taken));
  }

  private static Problem withRate(Problem problem, @Nullable Taken taken) {
    return taken == null
        ? problem
        : problem.withHeader(POLICY, policy(taken)).withHeader("RateLimit", standing(taken));
  }

  private static String policy(Taken taken) {
    return "\"key\";q=" + taken.perMinute() + ";w=60";
  }

  private static String standing(Taken taken) {
    return "\"key\";r=" + taken.left() + ";t=" + taken.resetSeconds();
  }
}
