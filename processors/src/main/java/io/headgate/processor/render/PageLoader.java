package io.headgate.processor.render;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import io.headgate.browser.BrowserException;
import io.headgate.processor.render.RenderJob.RenderSource;
import io.headgate.processor.render.RenderOptions.PageBackground;
import java.util.List;
import java.util.Map;

/** Loads the content of a sheet into a page, with its fonts and its background. */
record PageLoader(Page page) {

  /**
   * A font with its bytes.
   *
   * @param base64 the bytes in base64
   */
  record FontFace(WebFont font, String base64) {}

  private static final String ADD_FONT_FACE =
      """
      async ({family, weight, style, data}) => {
        const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
        const face = new FontFace(family, bytes, {weight, style});
        await face.load();
        document.fonts.add(face);
      }
      """;

  /** An inline style, as the page's content security policy could refuse a style sheet. */
  private static final String SET_BACKGROUND =
      "color => { document.documentElement.style.background = color; }";

  private static final String FONTS_READY = "async () => { await document.fonts.ready; }";

  void load(RenderSource content, PageBackground background, List<FontFace> fontFaces)
      throws BrowserException {
    switch (content) {
      case RenderSource.InlineHtml html ->
          page.setContent(
              html.text(), new Page.SetContentOptions().setWaitUntil(WaitUntilState.LOAD));
      case RenderSource.PageUrl address -> navigate(address.url());
    }
    for (FontFace fontFace : fontFaces) {
      addFontFace(fontFace);
    }
    if (!background.color().isEmpty()) {
      page.evaluate(SET_BACKGROUND, background.color());
    }
    page.evaluate(FONTS_READY);
  }

  private void navigate(String url) throws BrowserException {
    Response response =
        page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
    int status = response == null ? 200 : response.status();
    if (status / 100 != 2) {
      boolean retryable = status >= 500 || status == 408 || status == 425 || status == 429;
      throw new BrowserException(
          "http-" + status, "the page responded with status " + status, retryable);
    }
  }

  private void addFontFace(FontFace fontFace) throws BrowserException {
    WebFont font = fontFace.font();
    try {
      page.evaluate(
          ADD_FONT_FACE,
          Map.of(
              "family",
              font.family(),
              "weight",
              String.valueOf(font.weight()),
              "style",
              font.italic() ? "italic" : "normal",
              "data",
              fontFace.base64()));
    } catch (TimeoutError e) {
      throw e;
    } catch (PlaywrightException e) {
      throw new BrowserException(
          RenderErrorCode.INVALID_FONT.code(), FontLoader.invalidFont(font).text(), false);
    }
  }
}
