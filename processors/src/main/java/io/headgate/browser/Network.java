package io.headgate.browser;

/** Which network a page may use. */
public enum Network {
  /** The internet. Every connection passes the target check. */
  OPEN,
  /** None. The page consists of the content that is set, including its {@code data:} URLs. */
  NONE
}
