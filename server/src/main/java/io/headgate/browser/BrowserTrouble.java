package io.headgate.browser;

import io.headgate.outbound.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Why a visit came to nothing. The message is one sentence for the client and holds no secret.
 *
 * <p>Codes of this room: those of {@code outbound.Trouble}, and {@code browser-missing}, {@code
 * browser-busy}, {@code browser-crashed}, {@code browser-failed}, {@code page-refused}, {@code
 * too-much-memory}. Those that use it add their own.
 */
public final class BrowserTrouble extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String BUSY = "browser-busy";

  private final String code;
  private final boolean passing;

  public BrowserTrouble(String code, String message, boolean passing) {
    this(code, message, passing, null);
  }

  BrowserTrouble(String code, String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.passing = passing;
  }

  static BrowserTrouble of(Answer.Failed failed, Throwable cause) {
    return new BrowserTrouble(failed.code(), failed.message(), failed.passing(), cause);
  }

  static BrowserTrouble busy() {
    return passing(BUSY, "no browser was free before the deadline");
  }

  static BrowserTrouble passing(String code, String message) {
    return new BrowserTrouble(code, message, true);
  }

  /** False when the visits of others left no time for this one. */
  public boolean begun() {
    return !code.equals(BUSY);
  }

  /** A stable word for programs, kebab-case. */
  public String code() {
    return code;
  }

  /** The sentence for people. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** True when the same attempt might succeed later. */
  public boolean passing() {
    return passing;
  }
}
