package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.NewTemplate;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create a template from an HTML file.")
final class TemplatesCreateCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "NAME", description = "A name for the template")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The HTML file, in UTF-8")
  private Path file = Path.of("");

  @Option(names = "--width", paramLabel = "PIXELS", description = "Default: 1200")
  private @Nullable Integer width;

  @Option(names = "--height", paramLabel = "PIXELS", description = "Default: 630")
  private @Nullable Integer height;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "image, pdf or gif; default: image")
  private @Nullable String output;

  private final HeadgateCommand headgate;

  TemplatesCreateCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    NewTemplate template = new NewTemplate(name, html(), width, height, output, null, null, null);
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.createTemplate(template), TemplatesCommand::facts);
    }
  }

  private String html() {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw headgate.usageError(file + " is not valid UTF-8");
    } catch (IOException e) {
      throw headgate.usageError("cannot read " + file);
    }
  }
}
