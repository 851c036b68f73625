package io.headgate.access;

import io.headgate.crypto.AesGcm;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the body of a stored response that shows a new secret: only the holder of the API key
 * that requested it can read it again, and the database never holds the secret.
 *
 * @param keyHash part of the request's digest, so that another key gets a conflict and no response
 * @param cipher null for responses that show no secret: they are stored as they are
 */
record ResponseCipher(String keyHash, @Nullable AesGcm cipher) {

  static final ResponseCipher NONE = new ResponseCipher("", null);

  private static final byte[] NO_DATA = {};

  static ResponseCipher ofSecret(String secret) {
    // The cipher's key must differ from the hash that the trace and the database show.
    return new ResponseCipher(
        HexFormat.of().formatHex(ApiKeySecret.sha256(secret)),
        new AesGcm(ApiKeySecret.sha256("answer " + secret)));
  }

  byte[] encrypt(byte[] content) {
    return cipher == null ? content : cipher.encrypt(content, NO_DATA);
  }

  byte[] decrypt(byte[] content) {
    return cipher == null ? content : cipher.decrypt(content, NO_DATA);
  }
}
