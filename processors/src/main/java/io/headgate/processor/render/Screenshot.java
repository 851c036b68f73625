package io.headgate.processor.render;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ScreenshotType;
import io.headgate.browser.BrowserException;
import io.headgate.browser.PageScreenshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Takes screenshots of a page: of the viewport, of the full page, or of one element. */
final class Screenshot {

  private static final String ELEMENT_BOX =
      """
      selector => {
        const element = document.querySelector(selector);
        if (!element) return null;
        element.scrollIntoView({block: 'nearest', behavior: 'instant'});
        const box = element.getBoundingClientRect();
        return [box.left + scrollX, box.top + scrollY, box.width, box.height];
      }
      """;

  private static final String FULL_PAGE_BOX =
      """
      () => {
        const root = document.documentElement, body = document.body || root;
        return [0, 0, innerWidth, Math.max(root.scrollHeight, body.scrollHeight, innerHeight)];
      }
      """;

  private final Page page;
  private final RenderOptions options;
  private final Page.ScreenshotOptions screenshotOptions;

  /** A region of the page, in CSS pixels from its top left corner. */
  private record PageRegion(double x, double y, double width, double height) {}

  private Screenshot(Page page, RenderOptions options) throws BrowserException {
    this.page = page;
    this.options = options;
    this.screenshotOptions = screenshotOptions();
    Optional<PageRegion> selected = region();
    selected.ifPresent(clip ->
        screenshotOptions
            .setFullPage(true)
            .setClip(clip.x(), clip.y(), clip.width(), clip.height()));
  }

  /** Prepares screenshots of the region that the options select in the page as it is now. */
  static Screenshot of(Page page, RenderOptions options) throws BrowserException {
    return new Screenshot(page, options);
  }

  /** Takes one screenshot. */
  RenderResult take(Path file) throws IOException {
    Files.write(file, PageScreenshot.take(page, screenshotOptions));
    int[] size = ImageSize.of(file);
    return new RenderResult(size[0], size[1], 1);
  }

  /** Frames of a GIF are captured as PNG, which is lossless. */
  private Page.ScreenshotOptions screenshotOptions() {
    Page.ScreenshotOptions screenshot =
        new Page.ScreenshotOptions().setOmitBackground(options.background().transparent());
    int percent = (int) Math.round(options.quality() * 100);
    return switch (options.format()) {
      case JPEG -> screenshot.setType(ScreenshotType.JPEG).setQuality(percent);
      case WEBP -> screenshot.setType(ScreenshotType.WEBP).setQuality(percent);
      case PNG, GIF, PDF -> screenshot.setType(ScreenshotType.PNG);
    };
  }

  private Optional<PageRegion> region() throws BrowserException {
    if (!options.selector().isEmpty()) {
      return Optional.of(checkedRegion(elementBox()));
    }
    return options.fullPage()
        ? Optional.of(checkedRegion(page.evaluate(FULL_PAGE_BOX)))
        : Optional.empty();
  }

  private Object elementBox() throws BrowserException {
    Object found;
    try {
      found = page.evaluate(ELEMENT_BOX, options.selector());
    } catch (TimeoutError e) {
      throw e;
    } catch (PlaywrightException e) {
      throw new BrowserException(
          RenderErrorCode.INVALID_SELECTOR.code(), "the selector is not valid CSS", false);
    }
    if (found == null) {
      throw new BrowserException(
          RenderErrorCode.ELEMENT_NOT_FOUND.code(),
          "no element of the page matches the selector",
          false);
    }
    return found;
  }

  /** The sizes come from scripts of the page, so they are not trusted. */
  private PageRegion checkedRegion(Object box) throws BrowserException {
    double[] sides = new double[4];
    if (box instanceof List<?> list && list.size() == 4) {
      for (int i = 0; i < 4; i++) {
        sides[i] = list.get(i) instanceof Number number ? number.doubleValue() : Double.NaN;
      }
    }
    double left = Math.floor(sides[0]);
    double top = Math.floor(sides[1]);
    PageRegion region =
        new PageRegion(
            left, top, Math.ceil(sides[0] + sides[2]) - left, Math.ceil(sides[1] + sides[3]) - top);
    if (!(sides[2] > 0 && sides[3] > 0)) {
      throw new BrowserException(
          RenderErrorCode.EMPTY_ELEMENT.code(), "the selected element or page has no size", false);
    }
    Optional<String> objection = options.sizeViolation(region.width(), region.height());
    if (objection.isPresent()) {
      throw new BrowserException(RenderErrorCode.TOO_LARGE.code(), objection.get(), false);
    }
    return region;
  }
}
