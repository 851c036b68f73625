package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("failure-log-test");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final FailureLog log = new FailureLog(logger);

  @BeforeEach
  void record() {
    lines.start();
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  private List<Boolean> traces() {
    return lines.list.stream().map(line -> line.getThrowableProxy() != null).toList();
  }

  private static RuntimeException thrown() {
    return new IllegalStateException("on purpose");
  }

  @Test
  void only_the_first_of_a_kind_is_logged_with_its_stack_trace() {
    for (int i = 0; i < 3; i++) {
      log.warn("task a", "batch " + i, thrown());
    }
    assertThat(traces()).containsExactly(true, false, false);
    assertThat(lines.list.getLast().getFormattedMessage())
        .isEqualTo("task a, batch 2 failed: java.lang.IllegalStateException: on purpose");
    assertThat(log.count()).isEqualTo(3);
  }

  @Test
  void another_subject_class_or_place_is_another_kind() {
    log.warn("task a", "", thrown());
    log.warn("task b", "", thrown());
    log.warn("task a", "", new IllegalStateException("elsewhere"));
    log.warn("task a", "", new RuntimeException(new java.io.IOException("a cause")));
    assertThat(traces()).containsExactly(true, true, true, true);
  }

  @Test
  void the_memory_of_kinds_is_bounded() {
    for (int i = 0; i < 1_500; i++) {
      log.warn("task " + i, "", thrown());
    }
    assertThat(traces().stream().filter(traced -> traced)).hasSize(1_000);
    assertThat(log.count()).isEqualTo(1_500);
  }
}
