package io.headgate.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the secrets of endpoints and seals them for the database: who signs must have them again,
 * so a hash will not do. A sealed secret opens only for the endpoint it was made for.
 */
final class Vault {

  private static final int NONCE = 12;
  private static final int SECRET = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  /**
   * @param key 256 bits that all nodes share
   */
  Vault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** {@code whsec_} and 256 random bits. */
  static String newSecret() {
    byte[] bits = new byte[SECRET];
    RANDOM.nextBytes(bits);
    return "whsec_" + Base64.getEncoder().encodeToString(bits);
  }

  byte[] seal(UUID endpoint, String secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, endpoint, nonce, secret.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  /**
   * @throws IllegalStateException when it was sealed for another endpoint or by another house
   */
  String open(UUID endpoint, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE, sealed.length);
    return new String(run(Cipher.DECRYPT_MODE, endpoint, nonce, rest), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, UUID endpoint, byte[] nonce, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      cipher.updateAAD(endpoint.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a webhook's secret cannot be sealed or opened", e);
    }
  }
}
