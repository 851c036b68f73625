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

/** Renders with Chromium, each {@link Sheet} in a page of its own. */
final class ChromiumMaker implements Maker {

  private final Browsers browsers;
  private final Fonts fonts;

  ChromiumMaker(Browsers browsers, Fonts fonts) {
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
  public String word() {
    return "chromium";
  }

  @Override
  public Optional<String> objection(RenderOptions options) {
    return Optional.empty();
  }

  @Override
  public Made make(Sheet sheet, RenderOptions options, Duration limit, Path file)
      throws Unrenderable, InterruptedException {
    List<LoadedPage.Face> faces = new ArrayList<>();
    for (WebFont font : options.fonts()) {
      String data = Base64.getEncoder().encodeToString(fonts.any(font, limit));
      faces.add(new LoadedPage.Face(font, data));
    }
    Viewport size = sheet.viewport();
    Visit visit = Visit.lasting(limit).withSize(size.width(), size.height(), size.scale());
    try {
      return switch (options.format()) {
        case PNG, JPEG, WEBP ->
            browsers.visit(
                visit, page -> Shot.of(loaded(page, sheet, options, faces), options).take(file));
        case PDF ->
            browsers.visit(
                visit, page -> print(loaded(page, sheet, options, faces), sheet, options, file));
        case GIF -> film(visit, sheet, options, faces, file);
      };
    } catch (BrowserException e) {
      throw Unrenderable.of(e);
    } catch (IOException e) {
      throw Unrenderable.passing(Fault.RENDER_FAILED, "the file could not be written");
    }
  }

  private static Page loaded(
      Page page, Sheet sheet, RenderOptions options, List<LoadedPage.Face> faces)
      throws BrowserException {
    new LoadedPage(page).load(sheet.content(), options.backdrop(), faces);
    return page;
  }

  private static Made print(Page page, Sheet sheet, RenderOptions options, Path file)
      throws IOException {
    return PdfFile.write(Print.of(page, options.paper(sheet.viewport())), file);
  }

  /**
   * Captures the frames into files, and encodes them after the browser page was returned, so that
   * other items can use it meanwhile.
   */
  private Made film(
      Visit visit, Sheet sheet, RenderOptions options, List<LoadedPage.Face> faces, Path file)
      throws BrowserException, InterruptedException, IOException, Unrenderable {
    Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "frames");
    int frames =
        browsers.visit(
            visit,
            page -> {
              Filming filming = new Filming(page, options.film());
              filming.stopTheClock();
              Shot shot = Shot.of(loaded(page, sheet, options, faces), options);
              return filming.run(shot, folder);
            });
    return GifFile.write(folder, frames, options.film(), file);
  }
}
