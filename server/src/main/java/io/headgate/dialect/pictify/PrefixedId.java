package io.headgate.dialect.pictify;

import com.github.f4b6a3.uuid.codec.base.Base32Codec;
import com.github.f4b6a3.uuid.exception.InvalidUuidException;
import java.util.Optional;
import java.util.UUID;

/** Ids in Pictify's form: a prefix for the kind, and 26 lower-case letters and digits. */
enum PrefixedId {
  BATCH("batch_"),
  IMAGE("img_"),
  SUBSCRIPTION("wh_");

  private final String prefix;

  PrefixedId(String prefix) {
    this.prefix = prefix;
  }

  String of(UUID id) {
    return prefix + Base32Codec.INSTANCE.encode(id);
  }

  /** Reads an id; empty for every text that {@link #of} does not return. */
  Optional<UUID> parse(String text) {
    if (!text.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base32Codec.INSTANCE.decode(text.substring(prefix.length())))
          .filter(id -> of(id).equals(text));
    } catch (InvalidUuidException e) {
      return Optional.empty();
    }
  }
}
