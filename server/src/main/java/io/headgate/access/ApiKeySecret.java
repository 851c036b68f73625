package io.headgate.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The secret of a key: {@code hg_} and 256 random bits. Only its SHA-256 is ever stored. */
final class ApiKeySecret {

  private static final Pattern FORMAT = Pattern.compile("hg_[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private ApiKeySecret() {}

  static String next() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return "hg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** Returns whether the text has the form of a secret. */
  static boolean isWellFormed(String text) {
    return FORMAT.matcher(text).matches();
  }

  static byte[] sha256(String secret) {
    return sha256().digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The JDK has no SHA-256.", e);
    }
  }
}
