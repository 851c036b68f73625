package io.headgate.bench;

import java.nio.charset.StandardCharsets;

/** Generates items as NDJSON, before a measurement starts. */
final class Items {

  private Items() {}

  /** Items without refs. */
  static byte[] plain(int count) {
    StringBuilder lines = new StringBuilder(count * 32);
    for (int i = 0; i < count; i++) {
      lines.append(input(i)).append('\n');
    }
    return bytes(lines);
  }

  /** Items with refs, which the server checks for uniqueness. */
  static byte[] withRefs(int count) {
    StringBuilder lines = new StringBuilder(count * 64);
    for (int i = 0; i < count; i++) {
      lines.append("{\"ref\":\"").append(ref(i)).append("\",\"input\":");
      lines.append(input(i)).append("}\n");
    }
    return bytes(lines);
  }

  static String input(int i) {
    return "{\"url\":\"http://example.com/pages/" + i + "\"}";
  }

  static String ref(int i) {
    return "page-" + i;
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
