package io.headgate.api.batch;

import io.headgate.http.InputError;
import io.headgate.http.Json;
import io.headgate.http.MultipartParts;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.intake.ItemSource;
import io.headgate.intake.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUploadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A submit as a form of two parts: {@code batch}, a JSON object with the fields of the batch,
 * followed by {@code items}, NDJSON or CSV according to its content type or file name.
 */
final class MultipartForm {

  private final FileItemIterator parts;
  private final ObjectNode order;

  private MultipartForm(FileItemIterator parts, ObjectNode order) {
    this.parts = parts;
    this.order = order;
  }

  /** Reads the first part and leaves the second in the stream. */
  static MultipartForm open(Request request) throws IOException {
    try {
      FileItemIterator parts = MultipartParts.of(request);
      try (InputStream batch = next(parts, "batch").openStream()) {
        return new MultipartForm(parts, object(batch));
      }
    } catch (FileUploadException e) {
      throw malformed();
    }
  }

  private static ObjectNode object(InputStream part) throws IOException {
    byte[] bytes = part.readNBytes(JsonBody.MAX_FIELD_BYTES + 1);
    if (bytes.length > JsonBody.MAX_FIELD_BYTES) {
      throw invalid("batch", "is longer than " + JsonBody.MAX_FIELD_BYTES + " bytes");
    }
    JsonNode node = Json.read(bytes, JsonNode.class);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw invalid("batch", "must be a JSON object");
  }

  ObjectNode order() {
    return order;
  }

  /** Opens the second part. Its items are streamed from the request, so read them only once. */
  ItemSource items() throws IOException {
    try {
      FileItemStream part = next(parts, "items");
      return csv(part) ? ItemSource.csv(part.openStream()) : ItemSource.ndjson(part.openStream());
    } catch (FileUploadException e) {
      throw malformed();
    }
  }

  private static FileItemStream next(FileItemIterator parts, String name)
      throws FileUploadException, IOException {
    if (parts.hasNext()) {
      FileItemStream part = parts.next();
      if (name.equals(part.getFieldName())) {
        return part;
      }
    }
    throw invalid(
        name, "must be the " + (name.equals("batch") ? "first" : "second") + " part of the form");
  }

  private static boolean csv(FileItemStream part) {
    String type = part.getContentType() == null ? "" : part.getContentType();
    String word = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (MediaTypes.CSV.equals(word)) {
      return true;
    }
    String file = part.getName() == null ? "" : part.getName().toLowerCase(Locale.ROOT);
    return !MediaTypes.NDJSON_TYPES.contains(word) && file.endsWith(".csv");
  }

  private static ProblemException invalid(String part, String message) {
    return Problem.invalid(InputError.field(part, message)).asException();
  }

  private static ProblemException malformed() {
    return invalid(
        "", "the body must be multipart/form-data with the boundary that Content-Type names");
  }
}
