package io.headgate.artifact;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates and verifies signed URLs of artifacts. Whoever has such a URL can fetch the artifact
 * without an API key until the URL expires. All nodes of a cluster share the secret, so each
 * accepts the URLs of the others. Thread-safe.
 */
public final class Links {

  /** The artifact of a link. */
  public record Target(UUID batchId, int ordinal, String name) {}

  /**
   * The scheme and authority of links.
   *
   * @param publicUrl the configured public URL without a trailing slash; empty to use the address
   *     of the request
   * @param own the address of this server, for links outside of requests
   */
  public record Base(Optional<String> publicUrl, Supplier<String> own) {}

  private static final int FACTS = 16 + Integer.BYTES + Long.BYTES;
  private static final int SEAL = 32;

  private final SecretKeySpec secret;
  private final InstantSource clock;
  private final Duration valid;
  private final Base base;

  /**
   * @param secret the key of the signatures, the same on all nodes
   * @param valid how long a new link is valid
   * @param base the scheme and authority of links
   */
  public Links(byte[] secret, InstantSource clock, Duration valid, Base base) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
    this.valid = valid;
    this.base = base;
  }

  /**
   * Creates a link for the response to a request.
   *
   * @param askedAt the scheme and authority of the request; used unless a public URL is configured
   */
  public String url(Target target, String askedAt) {
    return url(target, askedAt, clock.instant().plus(valid));
  }

  /** The same with an explicit expiry. */
  public String url(Target target, String askedAt, Instant until) {
    return base.publicUrl().orElse(askedAt) + path(target, until);
  }

  /** Creates a link outside of a request, such as for a webhook. */
  public String url(Target target) {
    return url(target, clock.instant().plus(valid));
  }

  /** The same with an explicit expiry. */
  public String url(Target target, Instant until) {
    return base.publicUrl().orElseGet(base.own()) + path(target, until);
  }

  private String path(Target target, Instant until) {
    return "/artifacts/" + token(target, until) + "/" + target.name();
  }

  /** Creates the token that {@link #open} verifies, for callers with their own URLs. */
  public String token(Target target, Instant until) {
    return token(target, until.getEpochSecond());
  }

  private String token(Target target, long expires) {
    ByteBuffer token = ByteBuffer.allocate(FACTS + SEAL);
    token
        .putLong(target.batchId().getMostSignificantBits())
        .putLong(target.batchId().getLeastSignificantBits())
        .putInt(target.ordinal())
        .putLong(expires);
    byte[] seal = seal(token.array(), target.name());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.put(seal).array());
  }

  /** Verifies a link. Empty when it is forged, damaged, expired or signed with another secret. */
  public Optional<Target> open(String token, String name) {
    byte[] bytes = decoded(token);
    byte[] found = java.util.Arrays.copyOfRange(bytes, FACTS, FACTS + SEAL);
    boolean genuine = Rules.isName(name) && MessageDigest.isEqual(found, seal(bytes, name));
    ByteBuffer facts = ByteBuffer.wrap(bytes);
    UUID batch = new UUID(facts.getLong(), facts.getLong());
    int ordinal = facts.getInt();
    Instant expires = Instant.ofEpochSecond(genuine ? facts.getLong() : 0);
    Target target = new Target(batch, ordinal, name);
    // Base64 decoding ignores surplus bits at the end, but a token has only one valid form.
    return genuine
            && clock.instant().isBefore(expires)
            && token(target, expires.getEpochSecond()).equals(token)
        ? Optional.of(target)
        : Optional.empty();
  }

  /**
   * Returns bytes of the length of a token: zeros, which have no valid signature, if it is none.
   */
  private static byte[] decoded(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return bytes.length == FACTS + SEAL ? bytes : new byte[FACTS + SEAL];
    } catch (IllegalArgumentException e) {
      return new byte[FACTS + SEAL];
    }
  }

  private byte[] seal(byte[] token, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(token, 0, FACTS);
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
