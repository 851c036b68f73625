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

  private static final Set<String> SHOWN = Set.of("application/pdf", "text/plain");
  private static final Set<String> SHOWN_KINDS = Set.of("image", "audio", "video");

  private SafeHeaders() {}

  static Map<String, String> of(Artifact artifact) {
    return shown(artifact.mediaType())
        ? Map.of("Content-Disposition", disposition("inline", artifact))
        : Map.of(
            "Content-Disposition",
            disposition("attachment", artifact),
            "Content-Security-Policy",
            "sandbox; default-src 'none'");
  }

  // The name needs no escaping: it has only letters, digits, dots, dashes and underscores.
  private static String disposition(String how, Artifact artifact) {
    return how + "; filename=\"" + artifact.name() + '"';
  }

  /** SVG is an image type but can contain scripts, as can every other type based on XML. */
  private static boolean shown(String mediaType) {
    int end = mediaType.indexOf(';');
    String type =
        (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    String kind = type.substring(0, type.indexOf('/'));
    return SHOWN.contains(type)
        || (SHOWN_KINDS.contains(kind) && !type.contains("xml") && !type.contains("svg"));
  }
}
