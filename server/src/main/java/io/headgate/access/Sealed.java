package io.headgate.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that only the holder of a key's secret can read again: an answer that shows a new secret is
 * kept for repeats, and yet the database never holds that secret.
 */
final class Sealed {

  private static final int NONCE = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Sealed() {}

  static byte[] seal(byte[] content, String secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, secret, nonce, content);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  static byte[] open(byte[] sealed, String secret) {
    byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
    byte[] rest = java.util.Arrays.copyOfRange(sealed, NONCE, sealed.length);
    return run(Cipher.DECRYPT_MODE, secret, nonce, rest);
  }

  private static byte[] run(int mode, String secret, byte[] nonce, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      // Not the stored hash of the secret: that one is in the database.
      SecretKeySpec key = new SecretKeySpec(Secret.sha256("answer " + secret), "AES");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a kept answer cannot be sealed or opened", e);
    }
  }
}
