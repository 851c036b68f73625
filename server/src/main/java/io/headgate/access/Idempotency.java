package io.headgate.access;

import io.headgate.access.IdempotencyStore.EntryAges;
import io.headgate.access.IdempotencyStore.EntryKey;
import io.headgate.access.IdempotencyStore.StoredResponse;
import io.headgate.access.PendingReleases.EntryClaim;
import io.headgate.batch.Caller;
import io.headgate.db.Database;
import io.headgate.http.ApiResponse;
import io.headgate.http.HttpMethod;
import io.headgate.http.InputError;
import io.headgate.http.Json;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Returns the stored response of the first request to a POST that repeats its idempotency key. An
 * entry is claimed before the operation runs and gets its response in the operation's own
 * transaction ({@link Request#recordResponse}) or right after it. Bodies are compared by a digest
 * that is computed while they are read, so they may have any length. Safe for use by several
 * threads.
 */
public final class Idempotency {

  private static final Duration RETENTION = Duration.ofHours(24);
  private static final Duration ABANDONED_AFTER = Duration.ofMinutes(5);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
  private static final String CONTENT_TYPE = "Content-Type";

  private final Database database;
  private final InstantSource clock;
  private final Supplier<@Nullable Long> node;
  private final PendingReleases pendingReleases;

  /**
   * @param node returns the id of this node's row, null before there is one: other nodes do not
   *     take over entries whose node is alive
   */
  public Idempotency(Database database, InstantSource clock, Supplier<@Nullable Long> node) {
    this.database = database;
    this.clock = clock;
    this.node = node;
    this.pendingReleases = new PendingReleases(database);
  }

  /** Deletes entries that are older than a day and returns how many. */
  public int deleteOld() {
    Instant createdBefore = clock.instant().minus(RETENTION);
    return pendingReleases.inTransaction(tx -> IdempotencyStore.deleteOld(tx, createdBefore));
  }

  /**
   * The caller of a request.
   *
   * @param problemAnswer builds the response of the caller's API to a problem
   */
  record IdempotentCaller(
      Caller caller, String secret, Function<Problem, ApiResponse> problemAnswer) {}

  ApiResponse answer(
      Request request, Operation.KeyedOperation operation, IdempotentCaller requester) {
    Caller caller = requester.caller();
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isEmpty() || operation.route().method() != HttpMethod.POST) {
      return operation.handle(request, caller);
    }
    EntryKey entry = new EntryKey(caller.account(), checked(key.get()));
    ResponseCipher cipher =
        operation.confidential()
            ? ResponseCipher.ofSecret(requester.secret())
            : ResponseCipher.NONE;
    MessageDigest digest = digest(request, cipher);
    Optional<Instant> since = claim(entry);
    if (since.isEmpty()) {
      return repeat(request, entry, digest, cipher);
    }
    FirstRequest attempt =
        new FirstRequest(
            database, pendingReleases, new EntryClaim(entry, since.get()), request, digest, cipher);
    request.recordWith(attempt::storeIn);
    return attempt.run(() -> operation.handle(request, caller), requester.problemAnswer());
  }

  private static String checked(String key) {
    if (!KEY.matcher(key).matches()) {
      throw Problem.invalid(
              InputError.parameter("Idempotency-Key", "must be 1 to 255 visible ASCII characters"))
          .asException();
    }
    return key;
  }

  private static MessageDigest digest(Request request, ResponseCipher cipher) {
    MessageDigest digest = ApiKeySecret.sha256();
    String head =
        String.join(
            "\n",
            request.method(),
            request.path(),
            request.rawQuery(),
            request.header(CONTENT_TYPE).orElse(""),
            cipher.keyHash(),
            "");
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    request.digestInto(digest);
    return digest;
  }

  private Optional<Instant> claim(EntryKey entry) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    EntryAges ages = new EntryAges(now, now.minus(RETENTION), now.minus(ABANDONED_AFTER));
    try {
      return pendingReleases.inTransaction(
          tx -> IdempotencyStore.claimIfFree(tx, entry, node.get(), ages));
    } catch (RuntimeException e) {
      // The claim may have committed; without a release it would stay open until it expires.
      pendingReleases.releaseLater(new EntryClaim(entry, now));
      throw e;
    }
  }

  private ApiResponse repeat(
      Request request, EntryKey entry, MessageDigest digest, ResponseCipher cipher) {
    StoredResponse row =
        database
            .read(tx -> IdempotencyStore.read(tx, entry))
            // Released between the two queries: the first request changed nothing.
            .orElseThrow(Idempotency::inProgress);
    Integer status = row.status();
    if (status == null) {
      throw inProgress();
    }
    request.drain(Long.MAX_VALUE);
    if (!ApiKeys.equalInConstantTime(row.hash(), digest.digest())) {
      throw Problem.of(
              ProblemCode.IDEMPOTENCY_CONFLICT,
              "This idempotency key was used with another request within the last 24 hours.")
          .asException();
    }
    return replay(status, row, cipher);
  }

  private static ApiResponse replay(int status, StoredResponse row, ResponseCipher cipher) {
    Map<String, String> headers =
        new LinkedHashMap<>(
            Json.mapper().readValue(row.headers() == null ? "{}" : row.headers(), HEADERS));
    String mediaType = headers.remove(CONTENT_TYPE);
    ApiResponse.ResponseContent body =
        mediaType == null
            ? new ApiResponse.ResponseContent.EmptyContent()
            : new ApiResponse.ResponseContent.BytesContent(mediaType, cipher.decrypt(row.body()));
    return new ApiResponse(status, headers, body).withHeader("Idempotency-Replayed", "true");
  }

  static ProblemException inProgress() {
    return Problem.of(
            ProblemCode.IDEMPOTENCY_IN_PROGRESS,
            "The first request with this idempotency key has no response yet.")
        .withHeader("Retry-After", "1")
        .asException();
  }
}
