package io.headgate.outbound;

/** Why a request has no response. The codes are stable: clients filter by them. */
public enum OutboundError {
  /** The URL is not an http or https URL that this server accepts. */
  INVALID_URL("invalid-url", false),
  /** The address is loopback, private, link-local or of another range that is not public. */
  TARGET_REFUSED("target-refused", false),
  /** The host has no address, or the name servers did not respond. */
  DNS("dns", true),
  CONNECT("connect", true),
  /** The certificate is not trusted, or the handshake failed. */
  TLS("tls", false),
  TIMEOUT("timeout", true),
  /** The body exceeds the limit, as sent or as decompressed. */
  TOO_LARGE("too-large", false),
  /** This node had no memory free for the response. */
  NODE_BUSY("node-busy", true),
  TOO_MANY_REDIRECTS("too-many-redirects", false),
  /** The connection ended before the response was complete. */
  CONNECTION_LOST("connection-lost", true),
  /** The response is not valid HTTP, or its content cannot be decompressed. */
  INVALID_RESPONSE("invalid-response", false);

  private final String code;
  private final boolean retryable;

  OutboundError(String code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  public String code() {
    return code;
  }

  /** True when the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
