package io.headgate.api.batch;

import io.headgate.artifact.Artifact;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What lets browsers show an artifact in this server's origin without running anything in it.
 * Pictures, sound, films, PDFs and plain text are shown; all else, HTML and SVG first of all, is
 * saved, and shown nevertheless it may run, load and submit nothing.
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

  /** SVG is a picture, but also a document with scripts; so is whatever else is written in XML. */
  private static boolean shown(String mediaType) {
    int end = mediaType.indexOf(';');
    String type =
        (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    String kind = type.substring(0, type.indexOf('/'));
    return SHOWN.contains(type)
        || (SHOWN_KINDS.contains(kind) && !type.contains("xml") && !type.contains("svg"));
  }
}
