package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Execution context was destroyed, most likely because of a navigation | the page navigated to another address during processing",
        "Navigation to \"http://10.0.0.7/a\" is interrupted by another navigation to \"http://b/\" | the page navigated to another address during processing",
        "Frame was detached | the page removed an element during processing",
        "Element is not attached to the DOM | the page removed an element during processing",
        "Target page, context or browser has been closed | the page closed itself",
        "TypeError: secret.inside is not a function at /home/driver.js:7 | the browser could not complete the operation on this page",
        "'' | the browser could not complete the operation on this page",
      })
  void clients_see_what_happened_to_the_page_and_not_the_message_of_the_driver(
      String driver, String expected) {
    for (String text : new String[] {driver, wrapped(driver)}) {
      BrowserException exception =
          PageErrors.translate(new PlaywrightException(text), Optional.empty());
      assertThat(exception.code()).isEqualTo("browser-failed");
      assertThat(exception.message()).isEqualTo(expected);
      assertThat(exception.retryable()).isTrue();
    }
  }

  private static String wrapped(String message) {
    return "Error {\n  message='" + message + "\n  name='Error\n  stack='Error: at x.js:1\n}";
  }
}
