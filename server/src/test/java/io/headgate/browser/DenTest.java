package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which temporary folders are removed, and when. */
class DenTest {

  @TempDir Path base;

  @Test
  void two_dens_in_one_place_leave_each_other_alone() throws IOException {
    try (Den one = Den.open(base)) {
      Path room = one.room();
      Path file = Files.writeString(room.resolve("file"), "x");
      try (Den other = Den.open(base)) {
        assertThat(other.room().getParent()).isNotEqualTo(room.getParent());
        assertThat(file).exists();
      }
      assertThat(file).exists();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void what_nobody_holds_any_more_is_cleared_by_the_next() throws IOException {
    Files.createFile(base.resolve("headgate-0000aaaa.lock"));
    Path folder = Files.createDirectories(base.resolve("headgate-0000aaaa").resolve("1"));
    Files.writeString(folder.resolve("file"), "x");
    Path other = Files.createDirectory(base.resolve("something-else"));

    Den.open(base).close();

    assertThat(left()).containsExactly(other);
  }

  /** Another process opens a folder after a garbage collection in this one. */
  @Test
  void what_serves_the_whole_process_stays_as_long_as_it_does() throws Exception {
    Path mine = Den.ofThisProcess();
    System.gc();

    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                DenTest.class.getName(),
                base.toString())
            .inheritIO()
            .start();

    assertThat(other.waitFor()).isZero();
    assertThat(mine).isDirectory();
  }

  /** The main method of the other process. */
  public static void main(String[] args) {
    Den.open(Path.of(args[0])).close();
  }

  @Test
  void a_path_too_long_for_a_browser_is_not_taken() {
    Path far = base.resolve("a-folder-with-a-name-that-is-rather-long-for-a-socket");

    try (Den den = Den.open(far)) {
      Path room = den.room();
      assertThat(room.toString().length()).isLessThanOrEqualTo(55);
      assertThat(room).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(base)) {
      return all.toList();
    }
  }
}
