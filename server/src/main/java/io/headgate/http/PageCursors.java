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
public final class PageCursors {

  private static final int MAC_BYTES = 12;
  private static final int MAX_LENGTH = 2_048;

  private final SecretKeySpec secret;

  public PageCursors(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  String encode(String list, String position) {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(mac(list, text), MAC_BYTES + text.length);
    System.arraycopy(text, 0, bytes, MAC_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Returns the position in a cursor.
   *
   * @throws ProblemException {@code invalid-request} for a cursor that does not belong to this list
   */
  String decode(String list, String cursor) {
    byte[] bytes = fromBase64(cursor);
    byte[] text = Arrays.copyOfRange(bytes, MAC_BYTES, Math.max(MAC_BYTES, bytes.length));
    byte[] receivedMac = Arrays.copyOf(bytes, MAC_BYTES);
    if (!MessageDigest.isEqual(receivedMac, mac(list, text))
        // Base64 ignores unused bits at the end; only one encoding is accepted.
        || !encode(list, new String(text, StandardCharsets.UTF_8)).equals(cursor)) {
      throw invalidCursor();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] fromBase64(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw invalidCursor();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length < MAC_BYTES) {
        throw invalidCursor();
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw invalidCursor();
    }
  }

  private static ProblemException invalidCursor() {
    return Problem.invalid(InputError.parameter("cursor", "is not a cursor of this list"))
        .asException();
  }

  private byte[] mac(String list, byte[] position) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(list.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(position), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing, although every JDK must have it.", e);
    }
  }
}
