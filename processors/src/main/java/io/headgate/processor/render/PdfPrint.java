package io.headgate.processor.render;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Margin;
import java.util.Locale;

/** Prints a browser page to PDF. */
final class PdfPrint {

  private PdfPrint() {}

  static byte[] print(Page page, PdfPaper paper) {
    if (!paper.title().isEmpty()) {
      page.evaluate("title => { document.title = title; }", paper.title());
    }
    PdfPaper.PaperMargins margins = paper.margins();
    return page.pdf(
        new Page.PdfOptions()
            .setWidth(inches(paper.width()))
            .setHeight(inches(paper.height()))
            .setPrintBackground(true)
            .setMargin(
                new Margin()
                    .setTop(inches(margins.top()))
                    .setRight(inches(margins.right()))
                    .setBottom(inches(margins.bottom()))
                    .setLeft(inches(margins.left()))));
  }

  /** In inches, as the driver rounds a millimetre to 3.78 pixels. */
  private static String inches(double millimetres) {
    return String.format(Locale.ROOT, "%.5fin", millimetres / 25.4);
  }
}
