package io.headgate.access;

import io.headgate.access.RateLimiter.RateDecision;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.RequestFilter;
import io.headgate.http.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request before its operation runs: API key, then rate, then scope, then idempotency key.
 * Safe for use by several threads.
 */
public final class AccessFilter implements RequestFilter {

  private final ApiKeys keys;
  private final Idempotency idempotency;
  private final RateLimiter requests;
  private final RateLimiter wrongKeys;
  private final AuthScheme scheme;
  private final Function<Problem, ApiResponse> problemAnswer;

  /** The checks of the native API. */
  public AccessFilter(ApiKeys keys, Idempotency idempotency, RateLimits limits) {
    this(
        keys,
        idempotency,
        new RateLimiter(limits.requestsPerMinute()),
        new RateLimiter(limits.wrongKeysPerMinute()),
        new NativeAuthScheme(),
        Problem::toResponse);
  }

  private AccessFilter(
      ApiKeys keys,
      Idempotency idempotency,
      RateLimiter requests,
      RateLimiter wrongKeys,
      AuthScheme scheme,
      Function<Problem, ApiResponse> problemAnswer) {
    this.keys = keys;
    this.idempotency = idempotency;
    this.requests = requests;
    this.wrongKeys = wrongKeys;
    this.scheme = scheme;
    this.problemAnswer = problemAnswer;
  }

  /**
   * The checks of another API, with the same keys and rates.
   *
   * @param problemAnswer builds that API's response to a problem; a repeated request gets the same
   */
  public AccessFilter forApi(AuthScheme other, Function<Problem, ApiResponse> problemAnswer) {
    return new AccessFilter(keys, idempotency, requests, wrongKeys, other, problemAnswer);
  }

  @Override
  public ApiResponse handle(Request request, Operation.KeyedOperation operation) {
    String secret = scheme.secret(request);
    ApiKey key = authenticate(request, secret);
    RateDecision decision = requests.tryAcquire(key.id().toString());
    try {
      checkRateAndScope(key, decision, operation.scope());
      return withRate(answer(request, operation, key, secret), decision);
    } catch (ProblemException e) {
      throw withRate(e.problem(), decision).asException();
    }
  }

  /**
   * Checks key, rate and scope of a request that has no operation.
   *
   * @throws ProblemException when one of them refuses it
   */
  public Caller authorize(Request request, Scope scope) {
    ApiKey key = authenticate(request, scheme.secret(request));
    checkRateAndScope(key, requests.tryAcquire(key.id().toString()), scope);
    return key.caller();
  }

  private ApiResponse answer(
      Request request, Operation.KeyedOperation operation, ApiKey key, String secret) {
    return idempotency.answer(
        request, operation, new Idempotency.IdempotentCaller(key.caller(), secret, problemAnswer));
  }

  // A secret that this node does not know costs a query. An address with too many wrong keys gets
  // no
  // more of them; keys that this node knows still work from there.
  private ApiKey authenticate(Request request, String secret) {
    String address = request.remoteAddress();
    if (wrongKeys.isExhausted(address) && !keys.isKnown(secret)) {
      throw tooManyGuesses(wrongKeys.tryAcquire(address));
    }
    Optional<ApiKey> key = keys.find(secret);
    if (key.isEmpty()) {
      RateDecision decision = wrongKeys.tryAcquire(address);
      throw decision == null || decision.allowed() ? scheme.wrongKey() : tooManyGuesses(decision);
    }
    return key.get();
  }

  private static void checkRateAndScope(ApiKey key, @Nullable RateDecision decision, Scope scope) {
    if (decision != null && !decision.allowed()) {
      throw Problem.of(
              ProblemCode.RATE_LIMITED,
              "This key may send " + decision.perMinute() + " requests per minute.")
          .withHeader("Retry-After", Long.toString(decision.retryAfterSeconds()))
          .asException();
    }
    if (!key.scopes().contains(scope)) {
      throw Problem.of(
              ProblemCode.FORBIDDEN,
              "This operation needs a key with the scope " + scope.wireName() + ".")
          .asException();
    }
  }

  private static ProblemException tooManyGuesses(@Nullable RateDecision decision) {
    long wait = decision == null ? 1 : decision.retryAfterSeconds();
    return Problem.of(ProblemCode.RATE_LIMITED, "Too many wrong keys came from this address.")
        .withHeader("Retry-After", Long.toString(wait))
        .asException();
  }

  private ApiResponse withRate(ApiResponse answer, @Nullable RateDecision decision) {
    ApiResponse result = answer;
    for (Map.Entry<String, String> header : rateHeaders(decision).entrySet()) {
      result = result.withHeader(header.getKey(), header.getValue());
    }
    return result;
  }

  private Problem withRate(Problem problem, @Nullable RateDecision decision) {
    Problem result = problem;
    for (Map.Entry<String, String> header : rateHeaders(decision).entrySet()) {
      result = result.withHeader(header.getKey(), header.getValue());
    }
    return result;
  }

  private Map<String, String> rateHeaders(@Nullable RateDecision decision) {
    return decision == null
        ? Map.of()
        : scheme.rateHeaders(
            new AuthScheme.RateStatus(
                decision.perMinute(), decision.remaining(), decision.resetSeconds()));
  }
}
