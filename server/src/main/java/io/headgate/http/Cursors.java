package io.headgate.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encodes positions in lists as cursors with an HMAC: a client can only send back a cursor that it
 * received, and only to the same list. All nodes must use the same secret. Safe for use by several
 * threads.
 */
public final class Cursors {

  private static final int SEAL_BYTES = 12;
  private static final int MAX_LENGTH = 2_048;

  private final SecretKeySpec secret;

  public Cursors(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  String seal(String list, String position) {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(mac(list, text), SEAL_BYTES + text.length);
    System.arraycopy(text, 0, sealed, SEAL_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * Returns the position in a cursor.
   *
   * @throws ProblemException {@code invalid-request} for a cursor that does not belong to this list
   */
  String open(String list, String cursor) {
    byte[] sealed = decode(cursor);
    byte[] text = Arrays.copyOfRange(sealed, SEAL_BYTES, Math.max(SEAL_BYTES, sealed.length));
    byte[] found = Arrays.copyOf(sealed, SEAL_BYTES);
    if (!MessageDigest.isEqual(found, mac(list, text))
        // Base64 ignores unused bits at the end; only one encoding is accepted.
        || !seal(list, new String(text, StandardCharsets.UTF_8)).equals(cursor)) {
      throw refused();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] decode(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw refused();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(cursor);
      if (sealed.length < SEAL_BYTES) {
        throw refused();
      }
      return sealed;
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return Problem.invalid(InputError.parameter("cursor", "is not a cursor of this list"))
        .asException();
  }

  private byte[] mac(String list, byte[] position) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(list.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(position), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing, although every JDK must have it.", e);
    }
  }
}
