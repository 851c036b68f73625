package io.headgate.http;

/** HTTP methods that operations may have. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
