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
public final class ArtifactLinks {

  /** The artifact of a link. */
  public record ArtifactRef(UUID batchId, int ordinal, String name) {}

  /**
   * The scheme and authority of links.
   *
   * @param publicUrl the configured public URL without a trailing slash; empty to use the address
   *     of the request
   * @param serverUrl the address of this server, for links outside of requests
   */
  public record LinkBase(Optional<String> publicUrl, Supplier<String> serverUrl) {}

  private static final int PAYLOAD_BYTES = 16 + Integer.BYTES + Long.BYTES;
  private static final int SIGNATURE_BYTES = 32;

  private final SecretKeySpec secret;
  private final InstantSource clock;
  private final Duration validity;
  private final LinkBase base;

  /**
   * @param secret the key of the signatures, the same on all nodes
   * @param validity how long a new link is valid
   * @param base the scheme and authority of links
   */
  public ArtifactLinks(byte[] secret, InstantSource clock, Duration validity, LinkBase base) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
    this.validity = validity;
    this.base = base;
  }

  /**
   * Creates a link for the response to a request.
   *
   * @param requestOrigin the scheme and authority of the request; used unless a public URL is
   *     configured
   */
  public String url(ArtifactRef target, String requestOrigin) {
    return url(target, requestOrigin, clock.instant().plus(validity));
  }

  /** The same with an explicit expiry. */
  public String url(ArtifactRef target, String requestOrigin, Instant until) {
    return base.publicUrl().orElse(requestOrigin) + path(target, until);
  }

  /** Creates a link outside of a request, such as for a webhook. */
  public String url(ArtifactRef target) {
    return url(target, clock.instant().plus(validity));
  }

  /** The same with an explicit expiry. */
  public String url(ArtifactRef target, Instant until) {
    return base.publicUrl().orElseGet(base.serverUrl()) + path(target, until);
  }

  private String path(ArtifactRef target, Instant until) {
    return "/artifacts/" + token(target, until) + "/" + target.name();
  }

  /** Creates the token that {@link #verify} verifies, for callers with their own URLs. */
  public String token(ArtifactRef target, Instant until) {
    return token(target, until.getEpochSecond());
  }

  private String token(ArtifactRef target, long expires) {
    ByteBuffer token = ByteBuffer.allocate(PAYLOAD_BYTES + SIGNATURE_BYTES);
    token
        .putLong(target.batchId().getMostSignificantBits())
        .putLong(target.batchId().getLeastSignificantBits())
        .putInt(target.ordinal())
        .putLong(expires);
    byte[] signature = sign(token.array(), target.name());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.put(signature).array());
  }

  /** Verifies a link. Empty when it is forged, damaged, expired or signed with another secret. */
  public Optional<ArtifactRef> verify(String token, String name) {
    byte[] bytes = decoded(token);
    byte[] signature =
        java.util.Arrays.copyOfRange(bytes, PAYLOAD_BYTES, PAYLOAD_BYTES + SIGNATURE_BYTES);
    boolean genuine =
        ArtifactRules.isName(name) && MessageDigest.isEqual(signature, sign(bytes, name));
    ByteBuffer payload = ByteBuffer.wrap(bytes);
    UUID batch = new UUID(payload.getLong(), payload.getLong());
    int ordinal = payload.getInt();
    Instant expires = Instant.ofEpochSecond(genuine ? payload.getLong() : 0);
    ArtifactRef target = new ArtifactRef(batch, ordinal, name);
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
      return bytes.length == PAYLOAD_BYTES + SIGNATURE_BYTES
          ? bytes
          : new byte[PAYLOAD_BYTES + SIGNATURE_BYTES];
    } catch (IllegalArgumentException e) {
      return new byte[PAYLOAD_BYTES + SIGNATURE_BYTES];
    }
  }

  private byte[] sign(byte[] token, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(token, 0, PAYLOAD_BYTES);
      return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
