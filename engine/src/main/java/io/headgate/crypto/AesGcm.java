package io.headgate.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce of 96 bits and a tag of 128 bits. Encrypted bytes are the nonce,
 * the ciphertext and the tag, in this order. One key may encrypt at most 2<sup>32</sup> messages.
 * Safe for use by several threads.
 */
public final class AesGcm {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes
   * @throws IllegalArgumentException for a key of another length
   */
  public AesGcm(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "An AES-256 key has %d bytes; got %d.".formatted(KEY_BYTES, key.length));
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Encrypts bytes under a new nonce.
   *
   * @param associated data that is not stored, and without which the bytes cannot be decrypted;
   *     empty for none
   */
  public byte[] encrypt(byte[] plaintext, byte[] associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] encrypted = encrypt(nonce, plaintext, associated);
    return ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array();
  }

  /** Returns ciphertext and tag. */
  byte[] encrypt(byte[] nonce, byte[] plaintext, byte[] associated) {
    try {
      return run(Cipher.ENCRYPT_MODE, nonce, plaintext, associated);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot encrypt with AES-GCM.", e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} returned.
   *
   * @throws IllegalStateException when key, associated data or any byte differs from what was
   *     encrypted
   */
  public byte[] decrypt(byte[] encrypted, byte[] associated) {
    if (encrypted.length < NONCE_BYTES) {
      throw new IllegalStateException("Encrypted data is cut short.");
    }
    byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length);
    try {
      return run(Cipher.DECRYPT_MODE, nonce, rest, associated);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "Encrypted data was changed, or was encrypted with another key or for another owner.", e);
    }
  }

  private byte[] run(int mode, byte[] nonce, byte[] content, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher.doFinal(content);
  }
}
