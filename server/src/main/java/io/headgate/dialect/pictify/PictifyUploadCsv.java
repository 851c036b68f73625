package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.MultipartParts;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.MultipartStream;

/**
 * {@code POST /templates/upload-csv}: stores a file for the {@code csvUrl} of a batch. The file is
 * checked before it is stored, so that the client gets its errors at once.
 */
record PictifyUploadCsv(CsvFileStore files) implements Operation.KeyedOperation {

  private static final String FILE = "file";
  private static final CsvVariableSets ROWS = new CsvVariableSets(FILE, PictifyStartBatch.MAX_SETS);

  record Uploaded(String url, String filename, long size) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record UploadedCsv(String name, byte[] bytes) {}

  @Override
  public Route route() {
    return Route.post("/templates/upload-csv");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UploadedCsv file = file(request);
    ROWS.read(file.bytes(), CsvVariableSets.CsvMapping.NONE);
    String url = files.store(request, file.bytes());
    return VendorJson.answer(200, new Uploaded(url, file.name(), file.bytes().length));
  }

  private static UploadedCsv file(Request request) {
    try {
      FileItemIterator parts = MultipartParts.of(request);
      while (parts.hasNext()) {
        FileItemStream part = parts.next();
        if (FILE.equals(part.getFieldName())) {
          return read(part);
        }
      }
    } catch (FileUploadException | MultipartStream.MalformedStreamException e) {
      throw invalidFile("must be sent as multipart/form-data with a boundary");
    } catch (IOException e) {
      throw invalidFile("is incomplete: the form ends too early");
    }
    Violation missing =
        new Violation(FILE, "is required, as a part of multipart/form-data", ViolationKind.MISSING);
    throw Problem.invalid(InputError.of(missing)).asException();
  }

  private static UploadedCsv read(FileItemStream part) throws IOException {
    try (InputStream in = part.openStream()) {
      byte[] bytes = in.readNBytes(CsvFileStore.MAX_BYTES + 1);
      if (bytes.length > CsvFileStore.MAX_BYTES) {
        throw Problem.of(
                ProblemCode.TOO_LARGE,
                "The file must not be longer than " + CsvFileStore.MAX_BYTES + " bytes.")
            .asException();
      }
      return new UploadedCsv(part.getName() == null ? FILE : part.getName(), bytes);
    }
  }

  private static ProblemException invalidFile(String message) {
    return Problem.invalid(InputError.field(FILE, message)).asException();
  }
}
