package io.headgate.browser;

import io.headgate.outbound.OutboundResult;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@link Visit} fails. The message is one sentence for the client and contains no
 * secret.
 *
 * <p>Codes of this package: those of {@link io.headgate.outbound.OutboundError}, and {@code
 * browser-missing}, {@code browser-busy}, {@code browser-crashed}, {@code browser-failed}, {@code
 * browser-closed}, {@code page-refused}, {@code too-much-memory}. Callers add their own.
 */
public final class BrowserException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String BUSY = "browser-busy";

  private final String code;
  private final boolean retryable;

  public BrowserException(String code, String message, boolean passing) {
    this(code, message, passing, null);
  }

  BrowserException(String code, String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryable = passing;
  }

  static BrowserException from(OutboundResult.OutboundFailure failed, Throwable cause) {
    return new BrowserException(failed.code(), failed.message(), failed.retryable(), cause);
  }

  static BrowserException busy() {
    return retryable(BUSY, "no browser was free before the deadline");
  }

  static BrowserException retryable(String code, String message) {
    return new BrowserException(code, message, true);
  }

  /** Returns false when other visits used all the time and this one never started. */
  public boolean started() {
    return !code.equals(BUSY);
  }

  /** A stable code for programs, in kebab case. */
  public String code() {
    return code;
  }

  /** The sentence for the client. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** Returns true when the same visit may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
