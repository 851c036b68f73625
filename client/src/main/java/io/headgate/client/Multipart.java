package io.headgate.client;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** A form of two parts: the batch, then its streamed items. */
final class Multipart {

  private final String boundary = "headgate-" + UUID.randomUUID();

  String mediaType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher body(NewBatch batch, ItemFormat format, InputStream items) {
    String head =
        part("batch", "", "application/json")
            + batch.json()
            + "\r\n"
            + part("items", "; filename=\"items\"", format.mediaType());
    return BodyPublishers.concat(
        BodyPublishers.ofString(head),
        BodyPublishers.ofInputStream(() -> items),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
  }

  private String part(String name, String attributes, String mediaType) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
        .formatted(boundary, name, attributes, mediaType);
  }
}
