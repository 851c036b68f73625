package io.headgate.processor.render;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import io.headgate.browser.BrowserException;
import io.headgate.processor.render.RenderOptions.GifAnimation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Captures the frames of an animated page. The page runs on a simulated clock: timers of scripts
 * and animations advance one frame at a time, so that each frame shows the right moment however
 * slow the machine is.
 */
record FrameCapture(Page page, GifAnimation animation) {

  /** The simulated clock drives scripts only; CSS and SVG animations are set here. */
  private static final String SEEK_ANIMATIONS =
      """
      time => {
        const starts = window.__headgateStarts ??= new WeakMap();
        for (const animation of document.getAnimations()) {
          if (!starts.has(animation)) starts.set(animation, time);
          animation.pause();
          animation.currentTime = time - starts.get(animation);
        }
        for (const svg of document.querySelectorAll('svg')) {
          svg.pauseAnimations();
          svg.setCurrentTime(time / 1000);
        }
      }
      """;

  private static final long CLOCK_MARGIN_MILLIS = 60_000;

  static Path frameFile(Path folder, int number) {
    return folder.resolve(number + ".png");
  }

  /** Replaces and stops the clock of scripts. Call it before the page is loaded. */
  void stopClock() {
    long now = ((Number) page.evaluate("() => Date.now()")).longValue();
    // The clock runs until it is paused, and cannot be paused at a time that has passed.
    page.clock().install(new Clock.InstallOptions().setTime(now - CLOCK_MARGIN_MILLIS));
    page.clock().pauseAt(now);
  }

  /**
   * Captures all frames as numbered files in {@code folder}.
   *
   * @return the number of frames
   */
  int captureFrames(Screenshot screenshot, Path folder) throws BrowserException, IOException {
    double step = 1000.0 / animation.fps();
    int frames = animation.frames();
    for (int i = 0; i < frames; i++) {
      page.evaluate(SEEK_ANIMATIONS, i * step);
      screenshot.take(frameFile(folder, i));
      page.clock().runFor(Math.round((i + 1) * step) - Math.round(i * step));
    }
    return frames;
  }
}
