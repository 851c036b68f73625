package io.headgate.api.batch;

import io.headgate.artifact.Artifact;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Response headers that keep a browser from running scripts of an artifact in the origin of this
 * server. Images, audio, video, PDF and plain text are displayed. Every other type, HTML and SVG in
 * particular, is sent as a download, with a sandbox policy for clients that display it
 * nevertheless.
 */
final class SafeHeaders {

  private static final Set<String> DISPLAYED_TYPES = Set.of("application/pdf", "text/plain");
  private static final Set<String> DISPLAYED_CATEGORIES = Set.of("image", "audio", "video");

  private SafeHeaders() {}

  static Map<String, String> of(Artifact artifact) {
    return isDisplayed(artifact.mediaType())
        ? Map.of("Content-Disposition", disposition("inline", artifact))
        : Map.of(
            "Content-Disposition",
            disposition("attachment", artifact),
            "Content-Security-Policy",
            "sandbox; default-src 'none'");
  }

  // The name needs no escaping: it has only letters, digits, dots, dashes and underscores.
  private static String disposition(String type, Artifact artifact) {
    return type + "; filename=\"" + artifact.name() + '"';
  }

  /** SVG is an image type but can contain scripts, as can every other type based on XML. */
  private static boolean isDisplayed(String mediaType) {
    int end = mediaType.indexOf(';');
    String type =
        (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    String category = type.substring(0, type.indexOf('/'));
    return DISPLAYED_TYPES.contains(type)
        || (DISPLAYED_CATEGORIES.contains(category)
            && !type.contains("xml")
            && !type.contains("svg"));
  }
}
