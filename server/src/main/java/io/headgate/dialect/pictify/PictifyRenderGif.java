package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.FinishedItem;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /gif} and {@code POST /gif/capture}: renders an animation of HTML, a page or a
 * template.
 *
 * @param path one of the two; they behave alike
 */
record PictifyRenderGif(String path, PictifyTemplates templates, PictifySingleRenders renders)
    implements Operation.KeyedOperation {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 600;
  private static final int MAX_SIDE = 2_000;
  private static final BigDecimal SECONDS = BigDecimal.valueOf(3);

  record GifRequest(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String quality,
      @Nullable BigDecimal frameDurationSeconds) {

    GifRequest {
      side("width", width);
      side("height", height);
      if (frameDurationSeconds != null
          && (frameDurationSeconds.compareTo(BigDecimal.ONE) < 0
              || frameDurationSeconds.compareTo(BigDecimal.valueOf(30)) > 0)) {
        throw new InvalidInputException(
            "frameDurationSeconds", "must be 1 to 30", ViolationKind.OUT_OF_RANGE);
      }
    }

    private static void side(String field, @Nullable Integer side) {
      if (side != null && (side < 1 || side > MAX_SIDE)) {
        throw new InvalidInputException(
            field, "must be 1 to " + MAX_SIDE, ViolationKind.OUT_OF_RANGE);
      }
    }

    ObjectNode options() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("format", "gif")
          .put("width", width == null ? WIDTH : width)
          .put("height", height == null ? HEIGHT : height)
          .put("duration_seconds", seconds())
          .put("fps", fps());
    }

    BigDecimal seconds() {
      return frameDurationSeconds == null ? SECONDS : frameDurationSeconds;
    }

    private int fps() {
      return switch (quality == null ? "medium" : quality) {
        case "low" -> 5;
        case "medium" -> 10;
        case "high" -> 15;
        default ->
            throw Problem.invalid(InputError.field("quality", "must be one of low, medium, high"))
                .asException();
      };
    }
  }

  record Gif(String url, String uid, int width, int height, BigDecimal animationLength) {}

  record Animation(Gif gif) {

    static Animation of(GifId id, String url) {
      GifId.GifProperties facts = id.facts();
      return new Animation(new Gif(url, id.text(), facts.width(), facts.height(), facts.seconds()));
    }
  }

  @Override
  public Route route() {
    return Route.post(path);
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    GifRequest form = VendorJson.convert(body, GifRequest.class);
    ObjectNode options = form.options();
    ObjectNode input =
        VendorJson.convert(body, ImageSource.class).input(body, options, templates, caller);
    FinishedItem finished = renders.renderItem(caller, options, input);
    PictifyRenderResult.RenderedImage image =
        PictifyRenderResult.of(finished.item(), renders.links().of(request, finished.batch()))
            .results()
            .getFirst();
    GifId id =
        GifId.of(
            renders.links(),
            finished.batch().id(),
            new GifId.GifProperties(image.width(), image.height(), form.seconds()));
    return VendorJson.answer(200, Animation.of(id, image.url()));
  }
}
