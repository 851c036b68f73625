package io.headgate.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.RequestContext;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code multipart/form-data} body, one after the other as they arrive. */
public final class Parts {

  private Parts() {}

  /**
   * Opens the body. Each part is to be read before the next is asked for.
   *
   * @throws FileUploadException when the body is no form or has no boundary
   */
  public static FileItemIterator of(Request request) throws FileUploadException, IOException {
    return new FileUpload().getItemIterator(new Context(request));
  }

  private record Context(Request request) implements RequestContext {

    @Override
    public String getCharacterEncoding() {
      return "UTF-8";
    }

    @Override
    public @Nullable String getContentType() {
      return request.header("Content-Type").orElse(null);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // deprecated over there, and still to be implemented
    public int getContentLength() {
      return -1;
    }

    @Override
    public InputStream getInputStream() {
      return request.stream();
    }
  }
}
