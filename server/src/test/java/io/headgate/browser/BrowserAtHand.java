package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** Whether tests that need a browser can run. */
public final class BrowserAtHand {

  private BrowserAtHand() {}

  /** Without one the test is left out, but not where one was promised. */
  public static void require() {
    boolean here = Chromium.find(Optional.empty()).isPresent();
    if (Boolean.getBoolean("headgate.require-browser")) {
      assertThat(here).as("a browser on the PATH").isTrue();
    }
    assumeTrue(here, "no browser on this machine");
  }
}
