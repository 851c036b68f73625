package io.headgate.processor.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Writes, measures and merges PDFs. */
final class PdfFile {

  private static final double PX_PER_POINT = 96 / 72.0;

  /** The title that the browser writes for a page whose HTML was set and has no title. */
  private static final String BLANK_PAGE_TITLE = "about:blank";

  private PdfFile() {}

  /** Writes a PDF of the browser, without the title {@code about:blank}. */
  static RenderResult write(byte[] pdf, Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      if (BLANK_PAGE_TITLE.equals(document.getDocumentInformation().getTitle())) {
        document.getDocumentInformation().setTitle(null);
        document.save(file.toFile());
      } else {
        Files.write(file, pdf);
      }
      return measure(document);
    }
  }

  static RenderResult measure(Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      return measure(document);
    }
  }

  static RenderResult measure(PDDocument document) {
    PDRectangle first = document.getPage(0).getMediaBox();
    return new RenderResult(
        (int) Math.round(first.getWidth() * PX_PER_POINT),
        (int) Math.round(first.getHeight() * PX_PER_POINT),
        document.getNumberOfPages());
  }

  /** Merges PDFs into one, in the given order. */
  static void merge(List<Path> parts, Path file) throws IOException {
    PDFMergerUtility merger = new PDFMergerUtility();
    for (Path part : parts) {
      merger.addSource(part.toFile());
    }
    merger.setDestinationFileName(file.toString());
    merger.mergeDocuments(IOUtils.createTempFileOnlyStreamCache());
  }
}
