package io.headgate.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.RequestContext;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a {@code multipart/form-data} body one by one, as they arrive. */
public final class MultipartParts {

  private MultipartParts() {}

  /**
   * Returns the parts of the body. Read each part before moving to the next.
   *
   * @throws FileUploadException when the body is not a form or the boundary is missing
   */
  public static FileItemIterator of(Request request) throws FileUploadException, IOException {
    return new FileUpload().getItemIterator(new MultipartContext(request));
  }

  private record MultipartContext(Request request) implements RequestContext {

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
    @SuppressWarnings("InlineMeSuggester") // deprecated in the interface, which still requires it
    public int getContentLength() {
      return -1;
    }

    @Override
    public InputStream getInputStream() {
      return request.stream();
    }
  }
}
