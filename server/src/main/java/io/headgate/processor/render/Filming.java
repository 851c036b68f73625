package io.headgate.processor.render;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import io.headgate.browser.BrowserTrouble;
import io.headgate.processor.render.RenderOptions.Film;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Films a page picture by picture. The page's time is ours: its scripts' timers and its animations
 * are moved on by hand, so that every frame is of the moment it should be, however slow the
 * machine.
 */
record Filming(Page page, Film film) {

  /** CSS and SVG do not go by the clock of scripts. */
  private static final String SHOW_MOMENT =
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

  private static final long MARGIN_MILLIS = 60_000;

  static Path frame(Path folder, int number) {
    return folder.resolve(number + ".png");
  }

  /** Before the page is loaded: its scripts see this clock only, and it stands still. */
  void stopTheClock() {
    long now = ((Number) page.evaluate("() => Date.now()")).longValue();
    // It runs until it is stopped, and cannot be stopped at a moment that is over.
    page.clock().install(new Clock.InstallOptions().setTime(now - MARGIN_MILLIS));
    page.clock().pauseAt(now);
  }

  /**
   * Takes the frames.
   *
   * @return how many there are
   */
  int run(Shot shot, Path folder) throws BrowserTrouble, IOException {
    double step = 1000.0 / film.fps();
    int frames = film.frames();
    for (int i = 0; i < frames; i++) {
      page.evaluate(SHOW_MOMENT, i * step);
      shot.take(frame(folder, i));
      page.clock().runFor(Math.round((i + 1) * step) - Math.round(i * step));
    }
    return frames;
  }
}
