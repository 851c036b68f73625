package io.headgate.processor.render;

import io.headgate.processor.Outcome;
import java.util.Optional;

/** Why a picture was not made; its message is one sentence for whoever asked for it. */
final class Unrenderable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean passing;

  private Unrenderable(String code, String message, boolean passing) {
    super(message);
    this.code = code;
    this.passing = passing;
  }

  static Unrenderable lasting(Fault fault, String message) {
    return new Unrenderable(fault.code(), message, false);
  }

  static Unrenderable passing(Fault fault, String message) {
    return new Unrenderable(fault.code(), message, true);
  }

  /** With a code of another room. */
  static Unrenderable of(String code, String message, boolean passing) {
    return new Unrenderable(code, message, passing);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  Outcome.Failed outcome() {
    return new Outcome.Failed(code, sentence(), passing, Optional.empty());
  }
}
