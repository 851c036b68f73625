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

/** How a receiver can tell that a message came from here, and which one it is. */
public enum Signature {
  /** {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}. */
  STANDARD,
  /** {@code X-Pictify-Signature}, {@code X-Pictify-Event}, {@code X-Pictify-Delivery-Id}. */
  PICTIFY,
  NONE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Signature of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The headers for a message that is sent at {@code now}; only NONE does without a secret. */
  Map<String, String> headers(@Nullable String secret, UUID id, Message message, Instant now) {
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
      throw new IllegalStateException("a message cannot be signed", e);
    }
  }

  /** The secret's own characters are the key, prefix and all. */
  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
