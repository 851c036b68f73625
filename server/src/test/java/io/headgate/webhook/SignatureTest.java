package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The headers of a signed message, and the encryption of signing secrets. */
class SignatureTest {

  private static final UUID ID = UUID.fromString("01990000-0000-7000-8000-000000000001");
  private static final WebhookMessage MESSAGE = new WebhookMessage("render.completed", "{\"a\":1}");
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void pictifys_clients_get_the_time_and_the_hex_of_their_own_signature() {
    // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
    Map<String, String> headers = SignatureScheme.PICTIFY.headers("whsec_test", ID, MESSAGE, AT);

    assertThat(headers)
        .containsEntry("X-Pictify-Event", "render.completed")
        .containsEntry("X-Pictify-Delivery-Id", ID.toString())
        .containsEntry(
            "X-Pictify-Signature",
            "t=1700000000,v1=38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789");
  }

  @Test
  void without_a_signature_there_is_no_header() {
    assertThat(SignatureScheme.NONE.headers(null, ID, MESSAGE, AT)).isEmpty();
  }

  @Test
  void an_encrypted_secret_decrypts_for_its_own_endpoint_only() {
    EndpointSecrets secrets = new EndpointSecrets(new byte[32]);
    String secret = EndpointSecrets.newSecret();
    byte[] encrypted = secrets.encrypt(ID, secret);

    assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(secrets.decrypt(ID, encrypted)).isEqualTo(secret);
    assertThatThrownBy(() -> secrets.decrypt(UUID.randomUUID(), encrypted))
        .isInstanceOf(IllegalStateException.class);
  }
}
