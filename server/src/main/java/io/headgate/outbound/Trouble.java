package io.headgate.outbound;

/** Why a request has no answer. The codes are stable: clients filter by them. */
public enum Trouble {
  /** Not an http or https URL this server follows. */
  INVALID_URL("invalid-url", false),
  /** The address is loopback, private, link-local or of another range that is not the internet. */
  TARGET_REFUSED("target-refused", false),
  /** The host has no address, or the name servers did not say. */
  DNS("dns", true),
  CONNECT("connect", true),
  /** The certificate or the handshake was not acceptable. */
  TLS("tls", false),
  TIMEOUT("timeout", true),
  /** More bytes than the limit, as sent or as decompressed. */
  TOO_LARGE("too-large", false),
  /** This node had no memory to spare for the answer. */
  NODE_BUSY("node-busy", true),
  TOO_MANY_REDIRECTS("too-many-redirects", false),
  /** The connection ended before the response did. */
  CONNECTION_LOST("connection-lost", true),
  /** The answer breaks HTTP or its own content encoding. */
  INVALID_RESPONSE("invalid-response", false);

  private final String code;
  private final boolean passing;

  Trouble(String code, boolean passing) {
    this.code = code;
    this.passing = passing;
  }

  public String code() {
    return code;
  }

  /** True when the same request might succeed later. */
  public boolean passing() {
    return passing;
  }
}
