package io.headgate.webhook;

import io.headgate.crypto.AesGcm;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * Creates the signing secrets of endpoints and encrypts them for the database. Signing needs the
 * secret itself, so a hash is not enough. An encrypted secret is bound to its endpoint.
 */
final class EndpointSecrets {

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AesGcm cipher;

  /**
   * @param key 256 bits that all nodes share
   */
  EndpointSecrets(byte[] key) {
    this.cipher = new AesGcm(key);
  }

  /** {@code whsec_} and 256 random bits. */
  static String newSecret() {
    byte[] bits = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bits);
    return "whsec_" + Base64.getEncoder().encodeToString(bits);
  }

  byte[] encrypt(UUID endpoint, String secret) {
    return cipher.encrypt(secret.getBytes(StandardCharsets.UTF_8), associatedData(endpoint));
  }

  /**
   * @throws IllegalStateException when it was encrypted for another endpoint or with another key
   */
  String decrypt(UUID endpoint, byte[] encrypted) {
    return new String(cipher.decrypt(encrypted, associatedData(endpoint)), StandardCharsets.UTF_8);
  }

  private static byte[] associatedData(UUID endpoint) {
    return endpoint.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
