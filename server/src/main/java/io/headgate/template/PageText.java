package io.headgate.template;

import java.io.Writer;

/** A page as it is written: never longer than a page may be. */
final class PageText extends Writer {

  /** In characters. */
  static final int LONGEST = 10_000_000;

  private final StringBuilder text = new StringBuilder();

  @Override
  public void write(char[] from, int offset, int length) {
    requireRoom(length);
    text.append(from, offset, length);
  }

  @Override
  public void write(String from, int offset, int length) {
    requireRoom(length);
    text.append(from, offset, offset + length);
  }

  private void requireRoom(int length) {
    if (text.length() + length > LONGEST) {
      throw new Stopped(
          new Rendered.TooLarge("the page would be longer than " + LONGEST + " characters"));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
