package io.headgate.engine;

import io.headgate.crypto.AesGcm;
import io.headgate.db.Database;
import io.headgate.db.SharedSecret;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encrypts options of a batch that must not be found later, such as a visitor's cookies. The batch
 * row keeps them while the batch lives, because its items need them on whichever node they run. No
 * view shows them, and the transaction that ends the batch deletes them. The fact that a batch had
 * some is kept, so that its items never run again without them by mistake.
 */
public final class SecretOptions {

  private static final String NAME = "secret-options";

  private static final byte[] NO_DATA = {};

  private static final String REPLACE =
      "update batch set secret_options = :sealed, had_secret_options = true where id = :id";

  private static final String HAD_ANY = "select had_secret_options from batch where id = :id";

  private static final String HAD_ANY_AND_HAS_NONE =
      "select had_secret_options and secret_options is null from batch where id = :id";

  private final AesGcm cipher;

  private SecretOptions(byte[] key) {
    this.cipher = new AesGcm(key);
  }

  /** The cipher that all nodes on this database share; creates its key when there is none. */
  public static SecretOptions of(Database database) {
    return new SecretOptions(SharedSecret.getOrCreate(database, NAME));
  }

  /** The same, for readers of options that are already encrypted. */
  public static SecretOptions of(Snapshot tx) {
    return new SecretOptions(SharedSecret.read(tx, NAME));
  }

  /** Gives a live batch whose row is locked other secret options. */
  static void replace(Tx tx, UUID batch, String encrypted) {
    tx.update(REPLACE).bind("id", batch).bind("sealed", encrypted).execute();
  }

  /** Whether the batch was ever given secret options. */
  static boolean hadAny(Tx tx, UUID batch) {
    return tx.query(HAD_ANY).bind("id", batch).mapTo(Boolean.class).one();
  }

  /** Whether the batch was given secret options that are deleted by now. */
  static boolean hadAnyAndHasNone(Tx tx, UUID batch) {
    return tx.query(HAD_ANY_AND_HAS_NONE).bind("id", batch).mapTo(Boolean.class).one();
  }

  /**
   * Encrypts options for the batch row.
   *
   * @param options an object
   */
  public String encrypt(JsonNode options) {
    byte[] plaintext = options.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(cipher.encrypt(plaintext, NO_DATA));
  }

  /**
   * Decrypts secret options and adds them to a copy of the batch's other options.
   *
   * @param options an object
   * @param encrypted what {@link #encrypt} returned
   * @throws IllegalStateException when it was encrypted with another key or changed since
   */
  public JsonNode decryptInto(JsonNode options, String encrypted) {
    byte[] plaintext = cipher.decrypt(Base64.getDecoder().decode(encrypted), NO_DATA);
    ObjectNode all = (ObjectNode) options.deepCopy();
    all.setAll((ObjectNode) JsonMapper.shared().readTree(plaintext));
    return all;
  }
}
