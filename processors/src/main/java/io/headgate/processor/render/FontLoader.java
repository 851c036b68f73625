package io.headgate.processor.render;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Loads web fonts. Fonts are cached for a minute, so that a batch does not fetch its font again for
 * each item.
 */
final class FontLoader {

  private static final int MAX_BYTES = 5_000_000;
  private static final int MAX_CACHED = 8;
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

  private final Outbound outbound;
  private final Cache<String, byte[]> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(TIME_TO_LIVE).build();

  FontLoader(Outbound outbound) {
    this.outbound = outbound;
  }

  /** Returns the bytes of a font in any format that browsers support. */
  byte[] load(WebFont font, Duration timeLimit) throws RenderException, InterruptedException {
    byte[] bytes = cachedBytes(font, timeLimit);
    if (format(bytes).isEmpty()) {
      throw invalidFont(font);
    }
    return bytes;
  }

  /** Returns the bytes of a TrueType font that was parsed once without errors. */
  byte[] loadTrueType(WebFont font, Duration timeLimit)
      throws RenderException, InterruptedException {
    byte[] bytes = load(font, timeLimit);
    if (!format(bytes).equals("ttf")) {
      throw RenderException.permanent(
          RenderErrorCode.INVALID_FONT,
          "the font %s is not a TrueType font; other formats need a browser"
              .formatted(font.family()));
    }
    try (TrueTypeFont _ = new TTFParser().parse(new RandomAccessReadBuffer(bytes))) {
      return bytes;
    } catch (IOException | RuntimeException e) {
      throw invalidFont(font);
    }
  }

  static RenderException invalidFont(WebFont font) {
    return RenderException.permanent(
        RenderErrorCode.INVALID_FONT,
        "the URL of the font %s does not return a font".formatted(font.family()));
  }

  /** Detects the format from the first four bytes; empty when they are not those of a font. */
  private static String format(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
    return switch (start) {
      case "wOF2" -> "woff2";
      case "wOFF" -> "woff";
      case "OTTO" -> "otf";
      case "true", "\0\1\0\0" -> "ttf";
      default -> "";
    };
  }

  private byte[] cachedBytes(WebFont font, Duration timeLimit)
      throws RenderException, InterruptedException {
    byte[] cached = cache.getIfPresent(font.url());
    if (cached != null) {
      return cached;
    }
    byte[] bytes = fetch(font, timeLimit);
    cache.put(font.url(), bytes);
    return bytes;
  }

  private byte[] fetch(WebFont font, Duration timeLimit)
      throws RenderException, InterruptedException {
    OutboundLimits limits = OutboundLimits.DEFAULT.withMaxBytes(MAX_BYTES).withTotal(timeLimit);
    return switch (outbound.send(OutboundRequest.get(font.url(), Map.of()), limits)) {
      case OutboundResult.OutboundFailure failed ->
          throw RenderException.of(
              failed.code(),
              "the font %s could not be loaded: %s".formatted(font.family(), failed.message()),
              failed.retryable());
      case OutboundResult.Response response when response.status() / 100 != 2 ->
          throw RenderException.of(
              "http-" + response.status(),
              "the URL of the font %s responded with status %d"
                  .formatted(font.family(), response.status()),
              response.retryable());
      case OutboundResult.Response response -> response.body();
    };
  }
}
