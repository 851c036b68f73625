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
 * Signed addresses of artifacts: whoever has one may fetch that artifact, without a key, until it
 * expires. All nodes of a house share the secret, so each serves the links of all.
 */
public final class Links {

  /** What a link leads to. */
  public record Target(UUID batchId, int ordinal, String name) {}

  /**
   * Where links begin.
   *
   * @param publicUrl where clients reach this house, without a slash at its end; empty when the
   *     address a request came to will do
   * @param own this server's own address, for links that no request asks for
   */
  public record Base(Optional<String> publicUrl, Supplier<String> own) {}

  private static final int FACTS = 16 + Integer.BYTES + Long.BYTES;
  private static final int SEAL = 32;

  private final SecretKeySpec secret;
  private final InstantSource clock;
  private final Duration valid;
  private final Base base;

  /**
   * @param valid how long a link leads anywhere
   */
  public Links(byte[] secret, InstantSource clock, Duration valid, Base base) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
    this.valid = valid;
    this.base = base;
  }

  /**
   * A fresh link for the answer to a request.
   *
   * @param askedAt scheme and authority the request came to; used unless the operator has set one
   */
  public String url(Target target, String askedAt) {
    return url(target, askedAt, clock.instant().plus(valid));
  }

  /** The same, for those who promise how long it leads there. */
  public String url(Target target, String askedAt, Instant until) {
    return base.publicUrl().orElse(askedAt) + path(target, until);
  }

  /** A fresh link for what no request asks for, such as a webhook. */
  public String url(Target target) {
    return url(target, clock.instant().plus(valid));
  }

  /** The same, for those who promise how long it leads there. */
  public String url(Target target, Instant until) {
    return base.publicUrl().orElseGet(base.own()) + path(target, until);
  }

  private String path(Target target, Instant until) {
    return "/artifacts/" + token(target, until) + "/" + target.name();
  }

  /** What {@link #open} takes, for those whose addresses are others. */
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

  /** Where a link leads; empty for one that is forged, mangled, expired or of another house. */
  public Optional<Target> open(String token, String name) {
    byte[] bytes = decoded(token);
    byte[] found = java.util.Arrays.copyOfRange(bytes, FACTS, FACTS + SEAL);
    boolean genuine = Rules.isName(name) && MessageDigest.isEqual(found, seal(bytes, name));
    ByteBuffer facts = ByteBuffer.wrap(bytes);
    UUID batch = new UUID(facts.getLong(), facts.getLong());
    int ordinal = facts.getInt();
    Instant expires = Instant.ofEpochSecond(genuine ? facts.getLong() : 0);
    Target target = new Target(batch, ordinal, name);
    // Base64 passes over stray bits at the end; a token has only one spelling.
    return genuine
            && clock.instant().isBefore(expires)
            && token(target, expires.getEpochSecond()).equals(token)
        ? Optional.of(target)
        : Optional.empty();
  }

  /** Of exactly the length of a token; what is none is all zeros, which nobody has signed. */
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
