package io.headgate.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The headers that let a receiver verify that a message is from this server. */
public enum SignatureScheme {
  /** {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. */
  STANDARD,
  /** {@code X-Pictify-Signature}, {@code X-Pictify-Event}, {@code X-Pictify-Delivery-Id}. */
  PICTIFY,
  NONE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SignatureScheme of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the headers for a message that is sent at {@code now}.
   *
   * @param secret null only for {@link #NONE}
   */
  Map<String, String> headers(
      @Nullable String secret, UUID id, WebhookMessage message, Instant now) {
    if (secret == null) {
      return Map.of();
    }
    long seconds = now.getEpochSecond();
    return switch (this) {
      case STANDARD ->
          Map.of(
              "webhook-id",
              id.toString(),
              "webhook-timestamp",
              Long.toString(seconds),
              "webhook-signature",
              standard(secret, id, seconds, message.body()));
      case PICTIFY ->
          Map.of(
              "X-Pictify-Signature",
              "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + message.body()),
              "X-Pictify-Event",
              message.event(),
              "X-Pictify-Delivery-Id",
              id.toString());
      case NONE -> Map.of();
    };
  }

  private static String standard(String secret, UUID id, long seconds, String body) {
    try {
      return new Webhook(secret).sign(id.toString(), seconds, body);
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("A webhook message cannot be signed.", e);
    }
  }

  /** The characters of the secret are the key, including its prefix. */
  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no HmacSHA256.", e);
    }
  }
}
