package io.headgate.processor.render;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitUntilState;
import io.headgate.browser.BrowserException;
import io.headgate.processor.render.RenderOptions.Backdrop;
import io.headgate.processor.render.Sheet.Content;
import java.util.List;
import java.util.Map;

/** Loads the content of a sheet into a page, with its fonts and its background. */
record LoadedPage(Page page) {

  /**
   * A font with its bytes.
   *
   * @param data the bytes in base64
   */
  record Face(WebFont font, String data) {}

  private static final String ADD_FACE =
      """
      async ({family, weight, style, data}) => {
        const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
        const face = new FontFace(family, bytes, {weight, style});
        await face.load();
        document.fonts.add(face);
      }
      """;

  /** An inline style, as the page's content security policy could refuse a style sheet. */
  private static final String PAINT =
      "color => { document.documentElement.style.background = color; }";

  private static final String FONTS_READY = "async () => { await document.fonts.ready; }";

  void load(Content content, Backdrop backdrop, List<Face> faces) throws BrowserException {
    switch (content) {
      case Content.Html html ->
          page.setContent(
              html.text(), new Page.SetContentOptions().setWaitUntil(WaitUntilState.LOAD));
      case Content.Address address -> visit(address.url());
    }
    for (Face face : faces) {
      add(face);
    }
    if (!backdrop.color().isEmpty()) {
      page.evaluate(PAINT, backdrop.color());
    }
    page.evaluate(FONTS_READY);
  }

  private void visit(String url) throws BrowserException {
    Response response =
        page.navigate(url, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
    int status = response == null ? 200 : response.status();
    if (status / 100 != 2) {
      boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
      throw new BrowserException(
          "http-" + status, "the page responded with status " + status, passing);
    }
  }

  private void add(Face face) throws BrowserException {
    WebFont font = face.font();
    try {
      page.evaluate(
          ADD_FACE,
          Map.of(
              "family",
              font.family(),
              "weight",
              String.valueOf(font.weight()),
              "style",
              font.italic() ? "italic" : "normal",
              "data",
              face.data()));
    } catch (TimeoutError e) {
      throw e;
    } catch (PlaywrightException e) {
      throw new BrowserException(Fault.INVALID_FONT.code(), Fonts.none(font).sentence(), false);
    }
  }
}
