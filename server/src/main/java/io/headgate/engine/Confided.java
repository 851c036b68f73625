package io.headgate.engine;

import io.headgate.db.Database;
import io.headgate.db.SharedSecret;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Options of a batch that nobody may find later, such as a visitor's cookies. Its items need them,
 * on whichever node they run, so they are in the batch's row while it lives: sealed, shown by no
 * view, and wiped by the transaction that ends the batch.
 */
public final class Confided {

  private static final String NAME = "confided";

  private static final String REPLACE = "update batch set confided = :sealed where id = :id";

  /**
   * Outlives what was confided, so that nobody later takes the batch for one that needs nothing
   * more than what is seen of it. Whether it stands there already is told by its place.
   */
  private static final String MARK_IF_UNMARKED =
      """
      update batch
      set asked = '{"confided":true' || case asked when '{}' then '' else ',' end || substr(asked, 2)
      where id = :id and asked not like '{"confided":true%'
      """;

  private static final String MARKED =
      """
      select coalesce(asked like '{"confided":true%', false) from batch where id = :id
      """;

  private static final String MARKED_AND_WIPED =
      """
      select confided is null and coalesce(asked like '{"confided":true%', false)
      from batch where id = :id
      """;

  private static final int NONCE = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private Confided(SecretKeySpec key) {
    this.key = key;
  }

  /** As all nodes on this database seal and open. */
  public static Confided of(Database database) {
    return new Confided(new SecretKeySpec(SharedSecret.of(database, NAME), "AES"));
  }

  /** The same, for those who found something sealed. */
  public static Confided of(Snapshot tx) {
    return new Confided(new SecretKeySpec(SharedSecret.read(tx, NAME), "AES"));
  }

  /** Confides something else to a live batch whose row is locked. */
  static void replace(Tx tx, UUID batch, String sealed) {
    tx.update(REPLACE).bind("id", batch).bind("sealed", sealed).execute();
    mark(tx, batch);
  }

  /** Notes for ever that something was confided to a batch. */
  static void mark(Tx tx, UUID batch) {
    tx.update(MARK_IF_UNMARKED).bind("id", batch).execute();
  }

  /** Whether anything ever was. */
  static boolean everTo(Tx tx, UUID batch) {
    return tx.query(MARKED).bind("id", batch).mapTo(Boolean.class).one();
  }

  /** Whether something was, and is there no more. */
  static boolean wipedFrom(Tx tx, UUID batch) {
    return tx.query(MARKED_AND_WIPED).bind("id", batch).mapTo(Boolean.class).one();
  }

  /** What goes into the batch's row. */
  public String seal(JsonNode options) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, nonce, options.toString().getBytes(StandardCharsets.UTF_8));
    byte[] whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    return Base64.getEncoder().encodeToString(whole);
  }

  /** The options with what was confided beside them, as a processor gets them. */
  public JsonNode into(JsonNode options, String sealed) {
    byte[] whole = Base64.getDecoder().decode(sealed);
    byte[] content =
        run(
            Cipher.DECRYPT_MODE,
            Arrays.copyOf(whole, NONCE),
            Arrays.copyOfRange(whole, NONCE, whole.length));
    ObjectNode all = (ObjectNode) options.deepCopy();
    all.setAll((ObjectNode) JsonMapper.shared().readTree(content));
    return all;
  }

  private byte[] run(int mode, byte[] nonce, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("confided options cannot be sealed or opened", e);
    }
  }
}
