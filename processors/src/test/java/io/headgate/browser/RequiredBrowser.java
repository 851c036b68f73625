package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** Skips tests that need a browser on machines without one. */
public final class RequiredBrowser {

  private RequiredBrowser() {}

  /** Skips the test without a browser, or fails it with -Dheadgate.require-browser=true. */
  public static void require() {
    boolean here = Chromium.find(Optional.empty()).isPresent();
    if (Boolean.getBoolean("headgate.require-browser")) {
      assertThat(here).as("a browser on the PATH").isTrue();
    }
    assumeTrue(here, "no browser on this machine");
  }
}
