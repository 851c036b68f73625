package io.headgate.browser;

/** What a page may reach. */
public enum Network {
  /** The internet, every connection checked as for any other outbound request. */
  OPEN,
  /** Nothing: only what is set as its content, and {@code data:} in it. */
  NONE
}
