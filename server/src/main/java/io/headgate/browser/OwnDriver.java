package io.headgate.browser;

import com.microsoft.playwright.impl.driver.jar.DriverJar;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The library's driver, but that each process of it has a temporary folder of its own: the library
 * keeps the environment of the first for all that follow.
 */
public final class OwnDriver extends DriverJar {

  /** Where the driver that is being started on this thread has its temporary files. */
  static final ScopedValue<Path> ROOM = ScopedValue.newInstance();

  private static final String IMPLEMENTATION = "playwright.driver.impl";
  private static final String FOLDER = "playwright.driver.tmpdir";

  /** Called by the library, once in a process. */
  public OwnDriver() throws IOException {}

  /**
   * Has the library use this class from its first driver on, and unpack itself into a den: that
   * serves every server of this process, and when the process is killed the next one removes it.
   */
  static void install() {
    if (System.getProperty(IMPLEMENTATION) == null) {
      System.setProperty(FOLDER, Den.ofThisProcess().toString());
      System.setProperty(IMPLEMENTATION, OwnDriver.class.getName());
    }
  }

  @Override
  public ProcessBuilder createProcessBuilder() {
    ProcessBuilder process = super.createProcessBuilder();
    if (ROOM.isBound()) {
      process.environment().put("TMPDIR", ROOM.get().toString());
    }
    return process;
  }
}
