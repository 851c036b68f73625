package io.headgate.access;

import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** How the body of a kept answer is hidden; its trace keeps other keys from asking for it. */
record Seal(String trace, UnaryOperator<byte[]> close, UnaryOperator<byte[]> unseal) {

  static final Seal NONE = new Seal("", UnaryOperator.identity(), UnaryOperator.identity());

  static Seal with(String secret) {
    return new Seal(
        HexFormat.of().formatHex(Secret.sha256(secret)),
        content -> Sealed.seal(content, secret),
        content -> Sealed.open(content, secret));
  }

  byte[] seal(byte[] content) {
    return close.apply(content);
  }

  byte[] open(byte[] content) {
    return unseal.apply(content);
  }
}
