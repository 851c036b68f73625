package io.headgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {

  private static final byte[] NONE = {};
  private static final byte[] OWNER = bytes("owner");
  private static final byte[] SECRET = bytes("cookie=1");

  private final AesGcm cipher = new AesGcm(new byte[32]);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** All but the first in hexadecimal digits; {@code encrypted} is ciphertext and tag. */
  record Vector(
      int number, String key, String nonce, String plaintext, String data, String encrypted) {}

  private static final String KEY =
      "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
  private static final String NONCE = "cafebabefacedbaddecaf888";
  private static final String PLAINTEXT =
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
  private static final String CIPHERTEXT =
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662";

  /**
   * The test cases for 256-bit keys and 96-bit nonces of "The Galois/Counter Mode of Operation
   * (GCM)" by McGrew and Viega, which NIST SP 800-38D specifies.
   */
  static List<Vector> published() {
    String zeros = "00".repeat(32);
    String zeroNonce = "00".repeat(12);
    return List.of(
        new Vector(13, zeros, zeroNonce, "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        new Vector(
            14,
            zeros,
            zeroNonce,
            "00".repeat(16),
            "",
            "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"),
        new Vector(
            15,
            KEY,
            NONCE,
            PLAINTEXT + "1aafd255",
            "",
            CIPHERTEXT + "898015ad" + "b094dac5d93471bdec1a502270e3cc6c"),
        new Vector(
            16,
            KEY,
            NONCE,
            PLAINTEXT,
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            CIPHERTEXT + "76fc6ece0f4e1768cddf8853bb2d551b"));
  }

  @ParameterizedTest
  @MethodSource("published")
  void it_encrypts_and_decrypts_the_published_vectors(Vector vector) {
    AesGcm published = new AesGcm(hex(vector.key()));
    byte[] nonce = hex(vector.nonce());
    byte[] plaintext = hex(vector.plaintext());
    byte[] data = hex(vector.data());
    byte[] expected = hex(vector.encrypted());
    byte[] stored = ByteBuffer.allocate(12 + expected.length).put(nonce).put(expected).array();

    assertThat(published.encrypt(nonce, plaintext, data)).isEqualTo(expected);
    assertThat(published.decrypt(stored, data)).isEqualTo(plaintext);
  }

  @Test
  void the_same_bytes_are_encrypted_differently_each_time() {
    byte[] once = cipher.encrypt(SECRET, NONE);
    byte[] again = cipher.encrypt(SECRET, NONE);

    assertThat(once).isNotEqualTo(again);
    assertThat(cipher.decrypt(once, NONE)).isEqualTo(SECRET);
    assertThat(cipher.decrypt(again, NONE)).isEqualTo(SECRET);
  }

  @Test
  void another_key_is_refused() {
    byte[] key = new byte[32];
    key[31] = 1;
    byte[] encrypted = cipher.encrypt(SECRET, OWNER);

    assertThatThrownBy(() -> new AesGcm(key).decrypt(encrypted, OWNER))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void other_associated_data_is_refused() {
    byte[] encrypted = cipher.encrypt(SECRET, OWNER);

    assertThatThrownBy(() -> cipher.decrypt(encrypted, bytes("other")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_flipped_bit_is_refused_wherever_it_is() {
    byte[] encrypted = cipher.encrypt(SECRET, OWNER);
    for (int bit = 0; bit < 8 * encrypted.length; bit++) {
      byte[] changed = encrypted.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> cipher.decrypt(changed, OWNER))
          .as("bit " + bit)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 12, 27})
  void data_that_is_cut_short_is_refused(int bytes) {
    byte[] encrypted = Arrays.copyOf(cipher.encrypt(SECRET, OWNER), bytes);

    assertThatThrownBy(() -> cipher.decrypt(encrypted, OWNER))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_key_of_another_length_is_refused() {
    assertThatThrownBy(() -> new AesGcm(new byte[16]))
        .hasMessage("An AES-256 key has 32 bytes; got 16.");
  }
}
