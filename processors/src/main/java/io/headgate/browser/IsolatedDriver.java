package io.headgate.browser;

import com.microsoft.playwright.impl.driver.jar.DriverJar;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Playwright's driver, with a separate temporary folder for each driver process: the library itself
 * reuses the environment of the first process for all later ones.
 */
public final class IsolatedDriver extends DriverJar {

  /** The temporary folder of the driver that this thread starts. */
  static final ScopedValue<Path> TEMPORARY_FOLDER = ScopedValue.newInstance();

  private static final String IMPLEMENTATION = "playwright.driver.impl";
  private static final String FOLDER = "playwright.driver.tmpdir";

  /** Called by the library, once per process. */
  public IsolatedDriver() throws IOException {}

  /**
   * Makes the library use this class and unpack itself into the folder of {@link
   * WorkDirectory#ofThisProcess}, which all servers of this process share. When the process is
   * killed, a later one removes the folder.
   */
  static void install() {
    if (System.getProperty(IMPLEMENTATION) == null) {
      System.setProperty(FOLDER, WorkDirectory.ofThisProcess().toString());
      System.setProperty(IMPLEMENTATION, IsolatedDriver.class.getName());
    }
  }

  @Override
  public ProcessBuilder createProcessBuilder() {
    ProcessBuilder process = super.createProcessBuilder();
    if (TEMPORARY_FOLDER.isBound()) {
      process.environment().put("TMPDIR", TEMPORARY_FOLDER.get().toString());
    }
    return process;
  }
}
