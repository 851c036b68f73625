package io.headgate.processor.render;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.headgate.outbound.Outbound;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Renders without a browser, with openhtmltopdf: CSS 2.1 and parts of CSS 3, no scripts. An image
 * is the first page of a PDF.
 */
final class OpenHtmlRenderer implements Renderer {

  /** Pixels of all images that are rendered at a time; each pixel takes a few bytes of memory. */
  private static final int PIXEL_BUDGET = 16_000_000;

  /** The memory of one layout, counted in pixels. */
  private static final int LAYOUT_COST = 4_000_000;

  static {
    // The library would log the URL of every image that is missing.
    XRLog.setLoggingEnabled(false);
  }

  private final Outbound outbound;
  private final FontLoader fonts;
  private final LayoutExecutor layouts = new LayoutExecutor(PIXEL_BUDGET);

  OpenHtmlRenderer(Outbound outbound, FontLoader fonts) {
    this.outbound = outbound;
    this.fonts = fonts;
  }

  @Override
  public String name() {
    return "openhtmltopdf";
  }

  @Override
  public Optional<String> unsupportedOption(RenderOptions options) {
    if (options.format() == RenderFormat.WEBP || options.format() == RenderFormat.GIF) {
      return Optional.of("the format " + options.format().id());
    }
    if (!options.selector().isEmpty()) {
      return Optional.of("a selector");
    }
    if (options.fullPage()) {
      return Optional.of("full_page");
    }
    boolean image = options.format() != RenderFormat.PDF;
    return image && options.size().viewport().pixels() > PIXEL_BUDGET - LAYOUT_COST
        ? Optional.of("an image of more than %d pixels".formatted(PIXEL_BUDGET - LAYOUT_COST))
        : Optional.empty();
  }

  /** Stops waiting at an interrupt; the layout itself does not react to one and continues. */
  @Override
  public RenderResult render(RenderJob job, RenderOptions options, Duration timeLimit, Path file)
      throws RenderException, InterruptedException {
    int cost = layouts(job, options);
    FutureTask<RenderResult> task =
        new FutureTask<>(() -> renderNow(job, options, timeLimit, file));
    layouts.start(task, cost);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw renderException(e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  private static int layouts(RenderJob job, RenderOptions options) {
    long pixels = options.format() == RenderFormat.PDF ? 0 : job.viewport().pixels();
    return (int) Math.min(PIXEL_BUDGET, pixels + LAYOUT_COST);
  }

  private static RenderException renderException(@Nullable Throwable problem) {
    return switch (problem) {
      case RenderException exception -> exception;
      case StackOverflowError _ ->
          RenderException.permanent(
              RenderErrorCode.RENDER_FAILED, "the HTML is nested too deeply to be rendered");
      case OutOfMemoryError _ ->
          RenderException.permanent(
              RenderErrorCode.RENDER_FAILED, "the document is too large to be rendered");
      case null, default ->
          RenderException.permanent(
              RenderErrorCode.RENDER_FAILED, "the document could not be rendered");
    };
  }

  private RenderResult renderNow(
      RenderJob job, RenderOptions options, Duration timeLimit, Path file)
      throws RenderException, InterruptedException, IOException {
    CheckedResources resources = new CheckedResources(outbound, timeLimit);
    Document document = new OpenHtmlDocument(outbound, timeLimit).load(job, options);
    PdfRendererBuilder builder = builder(document, resources);
    for (WebFont font : options.fonts()) {
      byte[] bytes = fonts.loadTrueType(font, timeLimit);
      builder.useFont(
          () -> new ByteArrayInputStream(bytes),
          font.family(),
          font.weight(),
          font.italic() ? FontStyle.ITALIC : FontStyle.NORMAL,
          true);
    }
    if (options.format() == RenderFormat.PDF) {
      write(builder, file);
      return PdfFile.measure(file);
    }
    return renderImage(builder, job.viewport(), options, file);
  }

  private static PdfRendererBuilder builder(Document document, CheckedResources resources) {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useProtocolsStreamImplementation(resources, "http", "https", "data");
    builder.useExternalResourceAccessControl(
        CheckedResources::allowed, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
    builder.withW3cDocument(
        new W3CDom().namespaceAware(false).fromJsoup(document), document.baseUri());
    builder.withProducer("Headgate");
    return builder;
  }

  private static void write(PdfRendererBuilder builder, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      builder.toStream(out).run();
    }
  }

  private static RenderResult renderImage(
      PdfRendererBuilder builder, Viewport size, RenderOptions options, Path file)
      throws IOException {
    Path pdf = file.resolveSibling(file.getFileName() + ".pdf");
    write(builder, pdf);
    boolean alpha = options.background().transparent();
    BufferedImage image =
        new BufferedImage(
            size.pixelWidth(),
            size.pixelHeight(),
            alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      paint(document, image, size, alpha);
    } finally {
      Files.deleteIfExists(pdf);
    }
    ImageFile.write(image, options.format(), options.quality(), file);
    return new RenderResult(image.getWidth(), image.getHeight(), 1);
  }

  private static void paint(PDDocument document, BufferedImage image, Viewport size, boolean alpha)
      throws IOException {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setBackground(alpha ? new Color(0, true) : Color.WHITE);
      graphics.clearRect(0, 0, image.getWidth(), image.getHeight());
      float points = (float) (size.scale() * 96 / 72);
      new PDFRenderer(document).renderPageToGraphics(0, graphics, points);
    } finally {
      graphics.dispose();
    }
  }
}
