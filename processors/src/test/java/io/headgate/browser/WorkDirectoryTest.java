package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which temporary folders are removed, and when. */
@Tag("process")
class WorkDirectoryTest {

  @TempDir Path base;

  @Test
  void two_directories_with_one_parent_do_not_affect_each_other() throws IOException {
    try (WorkDirectory one = WorkDirectory.open(base)) {
      Path browserFolder = one.createFolder();
      Path file = Files.writeString(browserFolder.resolve("file"), "x");
      try (WorkDirectory other = WorkDirectory.open(base)) {
        assertThat(other.createFolder().getParent()).isNotEqualTo(browserFolder.getParent());
        assertThat(file).exists();
      }
      assertThat(file).exists();
    }
    assertThat(remaining()).isEmpty();
  }

  @Test
  void an_abandoned_directory_is_removed_when_the_next_is_opened() throws IOException {
    Files.createFile(base.resolve("headgate-0000aaaa.lock"));
    Path folder = Files.createDirectories(base.resolve("headgate-0000aaaa").resolve("1"));
    Files.writeString(folder.resolve("file"), "x");
    Path other = Files.createDirectory(base.resolve("something-else"));

    WorkDirectory.open(base).close();

    assertThat(remaining()).containsExactly(other);
  }

  /** Another process opens a folder after a garbage collection in this one. */
  @Test
  void the_directory_of_the_process_exists_as_long_as_the_process() throws Exception {
    Path mine = WorkDirectory.ofThisProcess();
    System.gc();

    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                WorkDirectoryTest.class.getName(),
                base.toString())
            .inheritIO()
            .start();

    assertThat(other.waitFor()).isZero();
    assertThat(mine).isDirectory();
  }

  /** The main method of the other process. */
  public static void main(String[] args) {
    WorkDirectory.open(Path.of(args[0])).close();
  }

  @Test
  void a_path_too_long_for_a_browser_is_not_used() {
    Path far = base.resolve("a-folder-with-a-name-that-is-rather-long-for-a-socket");

    try (WorkDirectory directory = WorkDirectory.open(far)) {
      Path browserFolder = directory.createFolder();
      assertThat(browserFolder.toString().length()).isLessThanOrEqualTo(55);
      assertThat(browserFolder).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  private List<Path> remaining() throws IOException {
    try (Stream<Path> all = Files.list(base)) {
      return all.toList();
    }
  }
}
