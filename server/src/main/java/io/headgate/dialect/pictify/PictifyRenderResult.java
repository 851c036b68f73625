package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.http.Json;
import io.headgate.view.ItemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The output of the processor {@code render} for one variable set: an image or error per layout.
 */
record PictifyRenderResult(List<RenderedImage> results, List<LayoutError> errors) {

  /** Creates the addresses of the artifacts of a batch. */
  interface ImageUrls {
    UUID batch();

    String of(int ordinal, String artifact);
  }

  /**
   * An image or a PDF.
   *
   * @param createdAt null in the results of a batch
   * @param pages of a PDF; not part of the JSON
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RenderedImage(
      String layout,
      String name,
      String url,
      int width,
      int height,
      String format,
      String id,
      @Nullable String createdAt,
      @JsonIgnore int pages) {

    RenderedImage createdAt(String at) {
      return new RenderedImage(layout, name, url, width, height, format, id, at, pages);
    }
  }

  record LayoutError(String layout, String error) {}

  static PictifyRenderResult of(ItemView item, ImageUrls urls) {
    JsonNode output = Json.mapper().readTree(Objects.requireNonNull(item.data().output()));
    List<RenderedImage> pictures = new ArrayList<>();
    for (JsonNode picture : output.path("results")) {
      String layout = picture.path("layout").asString("default");
      String artifact = picture.path("artifact").asString();
      pictures.add(
          new RenderedImage(
              layout,
              picture.path("name").asString("Default"),
              urls.of(item.ordinal(), artifact),
              picture.path("width").asInt(0),
              picture.path("height").asInt(0),
              picture.path("format").asString(),
              PrefixedId.IMAGE.of(urls.batch()) + "_" + item.ordinal() + "_" + layout,
              null,
              picture.path("pages").asInt(1)));
    }
    List<LayoutError> problems = new ArrayList<>();
    for (JsonNode problem : output.path("errors")) {
      problems.add(
          new LayoutError(problem.path("layout").asString(), problem.path("error").asString()));
    }
    return new PictifyRenderResult(pictures, problems);
  }
}
