package io.headgate.processor.render;

import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.extend.FSStreamFactory;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceType;
import com.openhtmltopdf.swing.NaiveUserAgent;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Loads the style sheets, fonts and images of one document that is rendered without a browser.
 * Resources come over http and https through {@link Outbound}, or from {@code data:} URLs, within
 * limits of count and size. A resource that is refused or fails to load is empty, as in a browser.
 */
final class CheckedResources implements FSStreamFactory {

  private static final int MAX_RESOURCES = 200;
  private static final int MAX_BYTES = 10_000_000;
  private static final long MAX_TOTAL_BYTES = 50_000_000;
  private static final long MAX_IMAGE_PIXELS = 16_000_000;
  private static final byte[] EMPTY = {};

  private final Outbound outbound;
  private final long deadline;
  private final FSStreamFactory dataUris = new NaiveUserAgent.DataUriFactory();
  private int count;
  private long totalBytes;

  CheckedResources(Outbound outbound, Duration timeLimit) {
    this.outbound = outbound;
    this.deadline = System.nanoTime() + timeLimit.toNanos();
  }

  /** Refuses what the library would otherwise read itself: files, archives, class path, XML. */
  static boolean allowed(String uri, ExternalResourceType type) {
    boolean allowedType =
        switch (type) {
          case FONT, CSS, IMAGE_RASTER -> true;
          case FILE_EMBED, XML_XHTML, XML_SVG, BINARY, PDF, SVG_BINARY -> false;
        };
    return allowedType && uri.matches("(?is)(https?|data):.*");
  }

  @Override
  public FSStream getUrl(String url) {
    count++;
    if (count > MAX_RESOURCES
        || totalBytes > MAX_TOTAL_BYTES
        || Thread.currentThread().isInterrupted()) {
      return new BytesStream(EMPTY);
    }
    byte[] content = url.regionMatches(true, 0, "data:", 0, 5) ? readDataUri(url) : fetch(url);
    totalBytes += content.length;
    return new BytesStream(isDecompressionBomb(content) ? EMPTY : content);
  }

  private byte[] readDataUri(String url) {
    try (InputStream in = dataUris.getUrl(url).getStream()) {
      return in == null ? EMPTY : in.readNBytes(MAX_BYTES);
    } catch (IOException | IllegalArgumentException e) {
      return EMPTY;
    }
  }

  private byte[] fetch(String url) {
    Duration remaining = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    OutboundLimits limits = OutboundLimits.DEFAULT.withMaxBytes(MAX_BYTES).withTotal(remaining);
    try {
      return switch (outbound.send(OutboundRequest.get(url, Map.of()), limits)) {
        case OutboundResult.Response response when response.status() / 100 == 2 -> response.body();
        case OutboundResult.Response _, OutboundResult.OutboundFailure _ -> EMPTY;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EMPTY;
    }
  }

  /** True for an image whose pixels would need too much memory, however small its file is. */
  private static boolean isDecompressionBomb(byte[] image) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return false;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return (long) reader.getWidth(0) * reader.getHeight(0) > MAX_IMAGE_PIXELS;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record BytesStream(byte[] bytes) implements FSStream {

    @Override
    public InputStream getStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Reader getReader() {
      return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
    }
  }
}
