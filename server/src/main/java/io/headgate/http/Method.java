package io.headgate.http;

/** HTTP methods that operations may have. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
