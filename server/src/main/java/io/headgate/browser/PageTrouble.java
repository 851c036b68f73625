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

/** What a driver's error means for the client. */
final class PageTrouble {

  private static final Logger log = LoggerFactory.getLogger(PageTrouble.class);
  private static final String FAILED = "browser-failed";
  private static final int LONGEST_LOGGED = 500;

  private record Sign(String text, String code, boolean passing, String message) {}

  private static final String LEFT = "the page left for another address while it was worked on";
  private static final String TAKEN_AWAY = "the page took away a part of itself that was worked on";
  private static final String CERTIFICATE = "the certificate of the page ";

  /** The first that is found in the driver's message. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("crashed", "browser-crashed", true, "the page crashed"),
          new Sign("ERR_CERT_DATE_", "tls", false, CERTIFICATE + "has expired or is not valid yet"),
          new Sign("ERR_CERT_COMMON_NAME_", "tls", false, CERTIFICATE + "is for another host"),
          new Sign(
              "ERR_CERT_AUTHORITY_", "tls", false, CERTIFICATE + "is vouched for by nobody known"),
          new Sign("ERR_CERT_", "tls", false, CERTIFICATE + "is not acceptable"),
          new Sign("ERR_SSL_", "tls", false, "the TLS handshake with the page failed"),
          new Sign("ERR_TOO_MANY_REDIRECTS", "too-many-redirects", false, "too many redirects"),
          new Sign("Download is starting", "unsupported-content", false, "the URL is a download"),
          new Sign("ERR_UNSAFE_PORT", "invalid-url", false, "browsers refuse that port"),
          new Sign("ERR_INVALID_", "invalid-response", false, "the answer of the page breaks HTTP"),
          new Sign(
              "invalid URL", "invalid-url", false, "only http:// and https:// URLs are visited"),
          new Sign("ERR_BLOCKED_BY_CLIENT", "page-refused", false, "the page may not be visited"),
          new Sign("ERR_ABORTED", "unsupported-content", false, "the URL shows no page"),
          new Sign("ERR_UNKNOWN_URL_SCHEME", "page-refused", false, "the page may not be visited"),
          new Sign("ERR_FAILED", "page-refused", false, "the page may not be visited"),
          new Sign("ERR_", "connection-lost", true, "the connection ended before the page did"),
          failed("Execution context was destroyed", LEFT),
          failed("interrupted by another navigation", LEFT),
          failed("rame was detached", TAKEN_AWAY),
          failed("not attached to the DOM", TAKEN_AWAY),
          failed("has been closed", "the page closed itself"));

  private static final Pattern MESSAGE = Pattern.compile("message='([^\n]*)");

  private PageTrouble() {}

  /**
   * @param refused what the way out had to say, when it said something
   */
  static BrowserTrouble of(PlaywrightException e, Optional<Answer.Failed> refused) {
    String text = String.valueOf(e.getMessage());
    if (refused.isPresent() && (tooLarge(refused.get()) || withoutAnswer(text))) {
      return BrowserTrouble.of(refused.get(), e);
    }
    if (e instanceof TimeoutError) {
      return new BrowserTrouble("timeout", "the page took longer than it may", true, e);
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

  /** The driver's words speak of its own inside, or repeat what a page has thrown. */
  private static BrowserTrouble unknown(String text, PlaywrightException e) {
    log.info("a browser could not do what was asked of it: {}", sentence(text));
    return new BrowserTrouble(
        FAILED, "the browser could not do what was asked of it on this page", true, e);
  }

  static boolean tooLarge(Answer.Failed failed) {
    return failed.trouble() == Trouble.TOO_LARGE;
  }

  /** How the gate's refusals look from inside. */
  private static boolean withoutAnswer(String text) {
    return text.contains("ERR_TUNNEL_CONNECTION_FAILED")
        || text.contains("ERR_EMPTY_RESPONSE")
        || text.contains("ERR_CONNECTION_");
  }

  /** The driver wraps its sentence into an object. */
  private static String sentence(String text) {
    Matcher wrapped = MESSAGE.matcher(text);
    String said = wrapped.find() ? wrapped.group(1) : text;
    String first = said.lines().findFirst().orElse("without a word");
    return first.substring(0, Math.min(first.length(), LONGEST_LOGGED));
  }
}
