package io.headgate.processor.render;

import io.headgate.extract.HtmlReader;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import io.headgate.processor.render.RenderJob.RenderSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Prepares the HTML of a sheet for openhtmltopdf, which lays out pages of a fixed size only. */
record OpenHtmlDocument(Outbound outbound, Duration timeLimit) {

  private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

  Document load(RenderJob job, RenderOptions options) throws RenderException, InterruptedException {
    Document document =
        switch (job.content()) {
          case RenderSource.InlineHtml html -> Jsoup.parse(html.text());
          case RenderSource.PageUrl address -> fetch(address.url());
        };
    document.select("script, object, embed, iframe, svg, math, link[rel=attachment]").remove();
    Element style = document.head().appendElement("style");
    style.appendText(style(job, options));
    PdfPaper paper = options.paper(job.viewport());
    if (!paper.title().isEmpty()) {
      document.title(paper.title());
    }
    return document;
  }

  private static String style(RenderJob job, RenderOptions options) {
    Viewport documentSize = job.viewport();
    if (options.format() != RenderFormat.PDF) {
      return "@page{size:%dpx %dpx;margin:0}".formatted(documentSize.width(), documentSize.height())
          + background(options);
    }
    PdfPaper paper = options.paper(documentSize);
    PdfPaper.PaperMargins margins = paper.margins();
    return "@page{size:%smm %smm;margin:%smm %smm %smm %smm}"
            .formatted(
                format(paper.width()),
                format(paper.height()),
                format(margins.top()),
                format(margins.right()),
                format(margins.bottom()),
                format(margins.left()))
        + background(options);
  }

  private static String background(RenderOptions options) {
    String color = options.background().color();
    return color.isEmpty() ? "" : "html{background:" + color + "}";
  }

  private static String format(double millimetres) {
    return String.format(Locale.ROOT, "%.3f", millimetres);
  }

  private Document fetch(String url) throws RenderException, InterruptedException {
    OutboundRequest request = OutboundRequest.get(url, Map.of("Accept", "text/html"));
    OutboundLimits limits =
        OutboundLimits.DEFAULT.withMaxBytes(InputValidator.MAX_HTML).withTotal(timeLimit);
    return switch (outbound.send(request, limits)) {
      case OutboundResult.OutboundFailure failed ->
          throw RenderException.of(failed.code(), failed.message(), failed.retryable());
      case OutboundResult.Response response when response.status() / 100 != 2 ->
          throw RenderException.of(
              "http-" + response.status(),
              "the page responded with status " + response.status(),
              response.retryable());
      case OutboundResult.Response response when !HTML.contains(response.mediaType()) ->
          throw RenderException.permanent(
              RenderErrorCode.UNSUPPORTED_CONTENT, "the page is not HTML");
      case OutboundResult.Response response ->
          HtmlReader.read(response.body(), null, response.finalUrl());
    };
  }
}
