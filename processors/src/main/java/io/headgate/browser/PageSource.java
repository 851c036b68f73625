package io.headgate.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.LoadState;
import java.util.Optional;

/**
 * Reads the current HTML of a page, including its doctype. The length is checked in the browser,
 * because a page may produce more HTML than this process has memory for. The check runs in an
 * isolated world, where scripts of the page cannot falsify the result. The driver's own methods
 * first inject a library into the page, which costs more than everything else.
 */
public final class PageSource {

  private static final int MAX_ATTEMPTS = 3;

  private static final String READ =
      """
      (most => {
        const all = document.documentElement;
        const type = document.doctype;
        const html = (type ? new XMLSerializer().serializeToString(type) : '') + (all ? all.outerHTML : '');
        return html.length > most ? null : html;
      })
      """;

  private PageSource() {}

  /**
   * Returns the HTML of a page.
   *
   * @return empty when it has more than {@code maxCharacters} characters
   */
  public static Optional<String> of(Page page, int maxCharacters) {
    CDPSession session = page.context().newCDPSession(page);
    for (int attempt = 1; ; attempt++) {
      try {
        return read(session, maxCharacters);
      } catch (PlaywrightException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        // a navigation destroyed the isolated world
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
      }
    }
  }

  private static Optional<String> read(CDPSession session, int maxCharacters) {
    JsonObject frame =
        session.send("Page.getFrameTree").getAsJsonObject("frameTree").getAsJsonObject("frame");
    JsonObject world = new JsonObject();
    world.add("frameId", frame.get("id"));
    JsonObject evaluation = new JsonObject();
    evaluation.add(
        "contextId", session.send("Page.createIsolatedWorld", world).get("executionContextId"));
    evaluation.addProperty("expression", READ + "(" + maxCharacters + ")");
    evaluation.addProperty("returnByValue", true);
    JsonElement html =
        session.send("Runtime.evaluate", evaluation).getAsJsonObject("result").get("value");
    return html == null || html.isJsonNull() ? Optional.empty() : Optional.of(html.getAsString());
  }
}
