package io.headgate.processor.render;

import com.microsoft.playwright.Page;
import io.headgate.browser.BrowserException;
import io.headgate.browser.Browsers;
import io.headgate.browser.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Renders with Chromium, each {@link RenderJob} in a page of its own. */
final class ChromiumRenderer implements Renderer {

  private final Browsers browsers;
  private final FontLoader fonts;

  ChromiumRenderer(Browsers browsers, FontLoader fonts) {
    this.browsers = browsers;
    this.fonts = fonts;
  }

  boolean isPresent() {
    return missing().isEmpty();
  }

  /** What this machine lacks to run a browser, for operators; empty when nothing is missing. */
  List<String> missing() {
    return browsers.missing();
  }

  @Override
  public String name() {
    return "chromium";
  }

  @Override
  public Optional<String> unsupportedOption(RenderOptions options) {
    return Optional.empty();
  }

  @Override
  public RenderResult render(RenderJob job, RenderOptions options, Duration timeLimit, Path file)
      throws RenderException, InterruptedException {
    List<PageLoader.FontFace> fontFaces = new ArrayList<>();
    for (WebFont font : options.fonts()) {
      String data = Base64.getEncoder().encodeToString(fonts.load(font, timeLimit));
      fontFaces.add(new PageLoader.FontFace(font, data));
    }
    Viewport size = job.viewport();
    Visit visit = Visit.lasting(timeLimit).withSize(size.width(), size.height(), size.scale());
    try {
      return switch (options.format()) {
        case PNG, JPEG, WEBP ->
            browsers.visit(
                visit,
                page -> Screenshot.of(load(page, job, options, fontFaces), options).take(file));
        case PDF ->
            browsers.visit(
                visit, page -> printPdf(load(page, job, options, fontFaces), job, options, file));
        case GIF -> renderGif(visit, job, options, fontFaces, file);
      };
    } catch (BrowserException e) {
      throw RenderException.of(e);
    } catch (IOException e) {
      throw RenderException.retryable(
          RenderErrorCode.RENDER_FAILED, "the file could not be written");
    }
  }

  private static Page load(
      Page page, RenderJob job, RenderOptions options, List<PageLoader.FontFace> fontFaces)
      throws BrowserException {
    new PageLoader(page).load(job.content(), options.background(), fontFaces);
    return page;
  }

  private static RenderResult printPdf(Page page, RenderJob job, RenderOptions options, Path file)
      throws IOException {
    return PdfFile.write(PdfPrint.print(page, options.paper(job.viewport())), file);
  }

  /**
   * Captures the frames into files, and encodes them after the browser page was returned, so that
   * other items can use it meanwhile.
   */
  private RenderResult renderGif(
      Visit visit,
      RenderJob job,
      RenderOptions options,
      List<PageLoader.FontFace> fontFaces,
      Path file)
      throws BrowserException, InterruptedException, IOException, RenderException {
    Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "frames");
    int frames =
        browsers.visit(
            visit,
            page -> {
              FrameCapture capture = new FrameCapture(page, options.animation());
              capture.stopClock();
              Screenshot screenshot = Screenshot.of(load(page, job, options, fontFaces), options);
              return capture.captureFrames(screenshot, folder);
            });
    return GifFile.write(folder, frames, options.animation(), file);
  }
}
