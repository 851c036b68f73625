package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Rfc3339;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /image}: renders one image of HTML, a page or a template. */
record PictifyRenderImage(
    PictifyTemplates templates, PictifySingleRenders renders, InstantSource clock)
    implements Operation.KeyedOperation {

  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 630;
  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "webp");

  record ImageRequest(
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable String selector,
      @Nullable String fileExtension) {

    ImageRequest {
      RenderStyle.checkSize(width, height);
    }

    RenderStyle style() {
      String extension = fileExtension == null ? "png" : fileExtension.toLowerCase(Locale.ROOT);
      // The vendor renders PNG for an unknown extension, without an error.
      String format = EXTENSIONS.contains(extension) ? extension : "png";
      return new RenderStyle(
          format,
          null,
          width == null ? Integer.valueOf(WIDTH) : width,
          height == null ? Integer.valueOf(HEIGHT) : height,
          null,
          null);
    }
  }

  record Image(String url, String id, String createdAt) {}

  @Override
  public Route route() {
    return Route.post("/image");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body =
        VendorJson.body(request)
            .orElseThrow(() ->
                Problem.invalid(
                        InputError.of(
                            new Violation(
                                "html", "is required, or url or template", ViolationKind.MISSING)))
                    .asException());
    ImageRequest form = VendorJson.convert(body, ImageRequest.class);
    ObjectNode options = form.style().options();
    if (form.selector() != null && !form.selector().isBlank()) {
      options.put("selector", form.selector());
    }
    ObjectNode input =
        VendorJson.convert(body, ImageSource.class).input(body, options, templates, caller);
    PictifyRenderResult.RenderedImage picture =
        renders.render(request, caller, options, input).results().getFirst();
    return VendorJson.answer(
        200, new Image(picture.url(), picture.id(), Rfc3339.format(clock.instant())));
  }
}
