package io.headgate.browser;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.headgate.outbound.Answer;
import io.headgate.outbound.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates errors of the driver into errors for the client. */
final class PageTrouble {

  private static final Logger log = LoggerFactory.getLogger(PageTrouble.class);
  private static final String FAILED = "browser-failed";
  private static final int LONGEST_LOGGED = 500;

  private record Sign(String text, String code, boolean passing, String message) {}

  private static final String LEFT = "the page navigated to another address during processing";
  private static final String TAKEN_AWAY = "the page removed an element during processing";
  private static final String CERTIFICATE = "the certificate of the page ";

  /** The first entry whose text occurs in the driver's message applies. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("crashed", "browser-crashed", true, "the page crashed"),
          new Sign("ERR_CERT_DATE_", "tls", false, CERTIFICATE + "has expired or is not valid yet"),
          new Sign("ERR_CERT_COMMON_NAME_", "tls", false, CERTIFICATE + "is for another host"),
          new Sign(
              "ERR_CERT_AUTHORITY_",
              "tls",
              false,
              CERTIFICATE + "is not signed by a trusted authority"),
          new Sign("ERR_CERT_", "tls", false, CERTIFICATE + "is not valid"),
          new Sign("ERR_SSL_", "tls", false, "the TLS handshake with the page failed"),
          new Sign("ERR_TOO_MANY_REDIRECTS", "too-many-redirects", false, "too many redirects"),
          new Sign(
              "Download is starting", "unsupported-content", false, "the URL is a file download"),
          new Sign(
              "ERR_UNSAFE_PORT", "invalid-url", false, "browsers refuse to connect to this port"),
          new Sign("ERR_INVALID_", "invalid-response", false, "the response is not valid HTTP"),
          new Sign(
              "invalid URL", "invalid-url", false, "only http:// and https:// URLs are visited"),
          new Sign("ERR_BLOCKED_BY_CLIENT", "page-refused", false, "the page may not be visited"),
          new Sign("ERR_ABORTED", "unsupported-content", false, "the URL shows no page"),
          new Sign("ERR_UNKNOWN_URL_SCHEME", "page-refused", false, "the page may not be visited"),
          new Sign("ERR_FAILED", "page-refused", false, "the page may not be visited"),
          new Sign(
              "ERR_", "connection-lost", true, "the connection ended before the page was complete"),
          failed("Execution context was destroyed", LEFT),
          failed("interrupted by another navigation", LEFT),
          failed("rame was detached", TAKEN_AWAY),
          failed("not attached to the DOM", TAKEN_AWAY),
          failed("has been closed", "the page closed itself"));

  private static final Pattern MESSAGE = Pattern.compile("message='([^\n]*)");

  private PageTrouble() {}

  /**
   * Returns the error for the client.
   *
   * @param refused the last failure that the proxy reported, if any: it is more precise than the
   *     browser's message
   */
  static BrowserTrouble of(PlaywrightException e, Optional<Answer.Failed> refused) {
    String text = String.valueOf(e.getMessage());
    if (refused.isPresent() && (tooLarge(refused.get()) || withoutAnswer(text))) {
      return BrowserTrouble.of(refused.get(), e);
    }
    if (e instanceof TimeoutError) {
      return new BrowserTrouble(
          "timeout", "the page did not finish within its time limit", true, e);
    }
    return SIGNS.stream()
        .filter(sign -> text.contains(sign.text()))
        .findFirst()
        .map(sign -> new BrowserTrouble(sign.code(), sign.message(), sign.passing(), e))
        .orElseGet(() -> unknown(text, e));
  }

  private static Sign failed(String text, String message) {
    return new Sign(text, FAILED, true, message);
  }

  /** The driver's message is not for clients: it shows internals or repeats what a page threw. */
  private static BrowserTrouble unknown(String text, PlaywrightException e) {
    log.info("a browser operation failed: {}", sentence(text));
    return new BrowserTrouble(
        FAILED, "the browser could not complete the operation on this page", true, e);
  }

  static boolean tooLarge(Answer.Failed failed) {
    return failed.trouble() == Trouble.TOO_LARGE;
  }

  /** How the browser reports a connection that the proxy refused. */
  private static boolean withoutAnswer(String text) {
    return text.contains("ERR_TUNNEL_CONNECTION_FAILED")
        || text.contains("ERR_EMPTY_RESPONSE")
        || text.contains("ERR_CONNECTION_");
  }

  /** The driver wraps its message in the text form of an object. */
  private static String sentence(String text) {
    Matcher wrapped = MESSAGE.matcher(text);
    String said = wrapped.find() ? wrapped.group(1) : text;
    String first = said.lines().findFirst().orElse("no message");
    return first.substring(0, Math.min(first.length(), LONGEST_LOGGED));
  }
}
