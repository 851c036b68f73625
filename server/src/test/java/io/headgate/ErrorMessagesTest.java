package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The message that operators read when a server does not start. */
class ErrorMessagesTest {

  @Test
  void the_causes_follow_the_message() {
    assertThat(
            ErrorMessages.of(
                new UncheckedIOException(
                    "cannot store artifacts in /a", new AccessDeniedException("/a"))))
        .isEqualTo("cannot store artifacts in /a: access denied /a");
    assertThat(
            ErrorMessages.of(
                new IllegalStateException(
                    "no server", new FileSystemException("/a/b", null, "Not a directory"))))
        .isEqualTo("no server: /a/b: Not a directory");
  }

  @Test
  void a_message_that_repeats_its_cause_appears_once() {
    assertThat(ErrorMessages.of(new UncheckedIOException(new IOException("disk full"))))
        .isEqualTo("java.io.IOException: disk full");
    assertThat(
            ErrorMessages.of(
                new IllegalStateException("port 80: in use", new BindException("in use"))))
        .isEqualTo("port 80: in use");
  }

  @Test
  void an_exception_without_a_message_is_named_by_its_class() {
    assertThat(ErrorMessages.of(new StackOverflowError())).isEqualTo("stack overflow");
  }
}
