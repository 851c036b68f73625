package io.headgate.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.LoadState;
import java.util.Optional;

/**
 * The HTML of a page as it stands, its doctype included. How long it is is found out in the
 * browser: a page may make more of it than this process has memory for. That happens in a world
 * beside the page's own scripts, where they cannot lie about it. The driver has ways to both, but
 * brings a library of its own into the page first, which costs more than all the rest.
 */
public final class PageSource {

  private static final int TRIES = 3;

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
   * @return empty when it has more characters than {@code most}
   */
  public static Optional<String> of(Page page, int most) {
    CDPSession session = page.context().newCDPSession(page);
    for (int attempt = 1; ; attempt++) {
      try {
        return read(session, most);
      } catch (PlaywrightException e) {
        if (attempt == TRIES) {
          throw e;
        }
        // its world went with a page that was just left
        page.waitForLoadState(LoadState.DOMCONTENTLOADED);
      }
    }
  }

  private static Optional<String> read(CDPSession session, int most) {
    JsonObject frame =
        session.send("Page.getFrameTree").getAsJsonObject("frameTree").getAsJsonObject("frame");
    JsonObject world = new JsonObject();
    world.add("frameId", frame.get("id"));
    JsonObject reading = new JsonObject();
    reading.add(
        "contextId", session.send("Page.createIsolatedWorld", world).get("executionContextId"));
    reading.addProperty("expression", READ + "(" + most + ")");
    reading.addProperty("returnByValue", true);
    JsonElement html =
        session.send("Runtime.evaluate", reading).getAsJsonObject("result").get("value");
    return html == null || html.isJsonNull() ? Optional.empty() : Optional.of(html.getAsString());
  }
}
