package io.headgate.dialect.pictify;

import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;

/** {@code GET /gif/{uid}}: returns an animation to anyone who has its id. */
record PictifyShowGif(Artifacts artifacts, PictifyImageLinks pictures)
    implements Operation.OpenOperation {

  @Override
  public Route route() {
    return Route.get("/gif/{uid}");
  }

  @Override
  public ApiResponse handle(Request request) {
    GifId id =
        GifId.parse(pictures.links(), request.pathParameter("uid"))
            .orElseThrow(PictifyErrors::noSuchGif);
    ArtifactLinks.ArtifactRef target = new ArtifactLinks.ArtifactRef(id.batch(), 0, GifId.ARTIFACT);
    if (artifacts.find(target).isEmpty()) {
      throw PictifyErrors.noSuchGif();
    }
    String url = pictures.links().url(target, request.baseUrl(), pictures.until(null));
    return VendorJson.answer(200, PictifyRenderGif.Animation.of(id, url));
  }
}
