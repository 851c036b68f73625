package io.headgate.artifact;

import java.util.regex.Pattern;

/** What an artifact may be called. */
final class Rules {

  // Not only dots: clients take such a segment out of an address.
  private static final Pattern NAME = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,100}");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,90}"
              + "( ?; ?[A-Za-z0-9_-]{1,20}=[A-Za-z0-9_.:+-]{1,40}){0,2}");

  private Rules() {}

  /**
   * @throws Refused naming what is wrong
   */
  static void check(String name, String mediaType) throws Refused {
    if (!isName(name)) {
      throw new Refused(
          "an artifact's name has 1 to 100 letters, digits, dots, dashes and underscores, not: "
              + name);
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new Refused("not a media type: " + mediaType);
    }
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
