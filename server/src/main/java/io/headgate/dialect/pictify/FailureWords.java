package io.headgate.dialect.pictify;

/** The vendor's words for why a render failed. */
final class FailureWords {

  private FailureWords() {}

  static String of(String code) {
    return switch (code) {
      case "missing-variable", "invalid-variable" -> "INVALID_VARIABLE";
      case "expression-error" -> "EXPRESSION_ERROR";
      case "timeout" -> "RENDER_TIMEOUT";
      case "unknown-template" -> "TEMPLATE_NOT_FOUND";
      case "image-fetch-failed" -> "IMAGE_FETCH_FAILED";
      default -> "RENDER_FAILED";
    };
  }
}
