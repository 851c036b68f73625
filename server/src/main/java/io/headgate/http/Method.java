package io.headgate.http;

/** The methods operations may have. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
