package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code GET /pdf/presets}: lists the paper sizes, in millimetres. */
record PictifyListPdfPresets() implements Operation.KeyedOperation {

  record Preset(String name, double width, double height, String unit) {}

  record Presets(List<Preset> presets) {}

  @Override
  public Route route() {
    return Route.get("/pdf/presets");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    List<Preset> all =
        Stream.of("A4", "Letter", "Legal", "A3", "A5")
            .map(PdfOptions::paper)
            .map(Objects::requireNonNull)
            .map(paper -> new Preset(paper.preset(), paper.width(), paper.height(), "mm"))
            .toList();
    return VendorJson.answer(200, new Presets(all));
  }
}
