package io.headgate.processor.render;

import io.headgate.extract.HtmlReader;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.processor.render.Sheet.Content;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Prepares the HTML of a sheet for openhtmltopdf, which lays out pages of a fixed size only. */
record PlainDocument(Outbound outbound, Duration limit) {

  private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

  Document read(Sheet sheet, RenderOptions options) throws Unrenderable, InterruptedException {
    Document document =
        switch (sheet.content()) {
          case Content.Html html -> Jsoup.parse(html.text());
          case Content.Address address -> fetch(address.url());
        };
    document.select("script, object, embed, iframe, svg, math, link[rel=attachment]").remove();
    Element style = document.head().appendElement("style");
    style.appendText(style(sheet, options));
    Paper paper = options.paper(sheet.viewport());
    if (!paper.title().isEmpty()) {
      document.title(paper.title());
    }
    return document;
  }

  private static String style(Sheet sheet, RenderOptions options) {
    Viewport own = sheet.viewport();
    if (options.format() != Format.PDF) {
      return "@page{size:%dpx %dpx;margin:0}".formatted(own.width(), own.height())
          + backdrop(options);
    }
    Paper paper = options.paper(own);
    Paper.Margins margins = paper.margins();
    return "@page{size:%smm %smm;margin:%smm %smm %smm %smm}"
            .formatted(
                number(paper.width()),
                number(paper.height()),
                number(margins.top()),
                number(margins.right()),
                number(margins.bottom()),
                number(margins.left()))
        + backdrop(options);
  }

  private static String backdrop(RenderOptions options) {
    String color = options.backdrop().color();
    return color.isEmpty() ? "" : "html{background:" + color + "}";
  }

  private static String number(double millimetres) {
    return String.format(Locale.ROOT, "%.3f", millimetres);
  }

  private Document fetch(String url) throws Unrenderable, InterruptedException {
    OutboundRequest request = OutboundRequest.get(url, Map.of("Accept", "text/html"));
    OutboundLimits limits =
        OutboundLimits.DEFAULT.withMaxBytes(InputCheck.MAX_HTML).withTotal(limit);
    return switch (outbound.send(request, limits)) {
      case OutboundResult.OutboundFailure failed ->
          throw Unrenderable.of(failed.code(), failed.message(), failed.retryable());
      case OutboundResult.Response response when response.status() / 100 != 2 ->
          throw Unrenderable.of(
              "http-" + response.status(),
              "the page responded with status " + response.status(),
              response.retryable());
      case OutboundResult.Response response when !HTML.contains(response.mediaType()) ->
          throw Unrenderable.lasting(Fault.UNSUPPORTED_CONTENT, "the page is not HTML");
      case OutboundResult.Response response -> HtmlReader.read(response.body(), null, response.finalUrl());
    };
  }
}
