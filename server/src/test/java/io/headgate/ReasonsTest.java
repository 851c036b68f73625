package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The message that operators read when a server does not start. */
class ReasonsTest {

  @Test
  void the_first_cause_is_told_behind_what_went_wrong() {
    assertThat(
            Reasons.of(
                new UncheckedIOException(
                    "cannot store artifacts in /a", new AccessDeniedException("/a"))))
        .isEqualTo("cannot store artifacts in /a: access denied /a");
    assertThat(
            Reasons.of(
                new IllegalStateException(
                    "no server", new FileSystemException("/a/b", null, "Not a directory"))))
        .isEqualTo("no server: /a/b: Not a directory");
  }

  @Test
  void what_only_repeats_its_cause_is_told_once() {
    assertThat(Reasons.of(new UncheckedIOException(new IOException("disk full"))))
        .isEqualTo("java.io.IOException: disk full");
    assertThat(
            Reasons.of(new IllegalStateException("port 80: in use", new BindException("in use"))))
        .isEqualTo("port 80: in use");
  }

  @Test
  void a_problem_without_a_word_is_told_by_its_name() {
    assertThat(Reasons.of(new StackOverflowError())).isEqualTo("stack overflow");
  }
}
