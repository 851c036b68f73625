package io.headgate.browser;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.headgate.outbound.OutboundError;
import io.headgate.outbound.OutboundResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates errors of the driver into errors for the client. */
final class PageErrors {

  private static final Logger log = LoggerFactory.getLogger(PageErrors.class);
  private static final String FAILED = "browser-failed";
  private static final int MAX_LOGGED_CHARACTERS = 500;

  private record ErrorPattern(String text, String code, boolean retryable, String message) {}

  private static final String NAVIGATED = "the page navigated to another address during processing";
  private static final String REMOVED = "the page removed an element during processing";
  private static final String CERTIFICATE = "the certificate of the page ";

  /** The first entry whose text occurs in the driver's message applies. */
  private static final List<ErrorPattern> PATTERNS =
      List.of(
          new ErrorPattern("crashed", "browser-crashed", true, "the page crashed"),
          new ErrorPattern(
              "ERR_CERT_DATE_", "tls", false, CERTIFICATE + "has expired or is not valid yet"),
          new ErrorPattern(
              "ERR_CERT_COMMON_NAME_", "tls", false, CERTIFICATE + "is for another host"),
          new ErrorPattern(
              "ERR_CERT_AUTHORITY_",
              "tls",
              false,
              CERTIFICATE + "is not signed by a trusted authority"),
          new ErrorPattern("ERR_CERT_", "tls", false, CERTIFICATE + "is not valid"),
          new ErrorPattern("ERR_SSL_", "tls", false, "the TLS handshake with the page failed"),
          new ErrorPattern(
              "ERR_TOO_MANY_REDIRECTS", "too-many-redirects", false, "too many redirects"),
          new ErrorPattern(
              "Download is starting", "unsupported-content", false, "the URL is a file download"),
          new ErrorPattern(
              "ERR_UNSAFE_PORT", "invalid-url", false, "browsers refuse to connect to this port"),
          new ErrorPattern(
              "ERR_INVALID_", "invalid-response", false, "the response is not valid HTTP"),
          new ErrorPattern(
              "invalid URL", "invalid-url", false, "only http:// and https:// URLs are visited"),
          new ErrorPattern(
              "ERR_BLOCKED_BY_CLIENT", "page-refused", false, "the page may not be visited"),
          new ErrorPattern("ERR_ABORTED", "unsupported-content", false, "the URL shows no page"),
          new ErrorPattern(
              "ERR_UNKNOWN_URL_SCHEME", "page-refused", false, "the page may not be visited"),
          new ErrorPattern("ERR_FAILED", "page-refused", false, "the page may not be visited"),
          new ErrorPattern(
              "ERR_", "connection-lost", true, "the connection ended before the page was complete"),
          failed("Execution context was destroyed", NAVIGATED),
          failed("interrupted by another navigation", NAVIGATED),
          failed("rame was detached", REMOVED),
          failed("not attached to the DOM", REMOVED),
          failed("has been closed", "the page closed itself"));

  private static final Pattern MESSAGE = Pattern.compile("message='([^\n]*)");

  private PageErrors() {}

  /**
   * Returns the error for the client.
   *
   * @param refused the last failure that the proxy reported, if any: it is more precise than the
   *     browser's message
   */
  static BrowserException translate(
      PlaywrightException e, Optional<OutboundResult.OutboundFailure> refused) {
    String text = String.valueOf(e.getMessage());
    if (refused.isPresent() && (tooLarge(refused.get()) || isRefusedConnection(text))) {
      return BrowserException.from(refused.get(), e);
    }
    if (e instanceof TimeoutError) {
      return new BrowserException(
          "timeout", "the page did not finish within its time limit", true, e);
    }
    return PATTERNS.stream()
        .filter(sign -> text.contains(sign.text()))
        .findFirst()
        .map(sign -> new BrowserException(sign.code(), sign.message(), sign.retryable(), e))
        .orElseGet(() -> unknown(text, e));
  }

  private static ErrorPattern failed(String text, String message) {
    return new ErrorPattern(text, FAILED, true, message);
  }

  /** The driver's message is not for clients: it shows internals or repeats what a page threw. */
  private static BrowserException unknown(String text, PlaywrightException e) {
    log.info("a browser operation failed: {}", firstLine(text));
    return new BrowserException(
        FAILED, "the browser could not complete the operation on this page", true, e);
  }

  static boolean tooLarge(OutboundResult.OutboundFailure failed) {
    return failed.error() == OutboundError.TOO_LARGE;
  }

  /** How the browser reports a connection that the proxy refused. */
  private static boolean isRefusedConnection(String text) {
    return text.contains("ERR_TUNNEL_CONNECTION_FAILED")
        || text.contains("ERR_EMPTY_RESPONSE")
        || text.contains("ERR_CONNECTION_");
  }

  /** The driver wraps its message in the text form of an object. */
  private static String firstLine(String text) {
    Matcher wrapped = MESSAGE.matcher(text);
    String message = wrapped.find() ? wrapped.group(1) : text;
    String first = message.lines().findFirst().orElse("no message");
    return first.substring(0, Math.min(first.length(), MAX_LOGGED_CHARACTERS));
  }
}
