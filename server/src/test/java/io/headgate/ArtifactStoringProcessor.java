package io.headgate;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Stores an artifact for each file in its input, which has name, media type and text. */
public final class ArtifactStoringProcessor implements Processor {

  @Override
  public String name() {
    return "keeper";
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws Exception {
    for (JsonNode file : input.input().path("files")) {
      Path path = attempt.scratchFolder().resolve("kept");
      Files.writeString(path, file.path("text").asString());
      attempt.storeArtifact(file.path("name").asString(), file.path("type").asString(), path);
    }
    return input.input().path("fails").asBoolean(false)
        ? Outcome.Failed.permanent("boom", "it went wrong")
        : new Outcome.Succeeded(input.input());
  }
}
