package io.headgate.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that somebody who wrote another one may have meant. */
public final class Spelling {

  private static final int NEAR = 3;
  private static final int LONGEST_SHOWN = 60;

  private Spelling() {}

  /** The nearest of the known words, unless all are far; large and small letters are the same. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    LevenshteinDistance distance = new LevenshteinDistance(NEAR);
    return known.stream()
        .filter(name -> distance.apply(lower, name) >= 0)
        .min(Comparator.comparing(name -> distance.apply(lower, name)));
  }

  /** The nearest as a question that ends a sentence; empty where there is none. */
  public static String hint(String word, Collection<String> known) {
    return nearest(word, known).map(name -> ", did you mean " + name + "?").orElse("");
  }

  /** A stranger's word, so short that it fits into a sentence. */
  public static String shown(String word) {
    int end = Math.min(word.length(), LONGEST_SHOWN);
    return end < word.length() ? word.substring(0, end) + "…" : word;
  }
}
