package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.EngineFixture;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.TargetCheck;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** No delivery goes to a private address, even when a host name changes its address later. */
class WebhookTargetsTest extends WebhookTestBase {

  @Test
  void a_private_target_is_refused_by_name_of_the_field() {
    TargetCheck strict = new TargetCheck(false, host -> List.of(InetAddress.ofLiteral("10.0.0.1")));
    Endpoints strictly = new Endpoints(fixture.database, fixture.clock, strict, secrets);

    assertThat(strictly.targetProblem("url", "http://127.0.0.1/hook").orElseThrow().field())
        .isEqualTo("url");
    assertThat(strictly.targetProblem("url", "https://inside.example/hook").orElseThrow().message())
        .isEqualTo(
            "is refused: inside.example has an address that is private, which this server does not fetch");
    assertThat(strictly.targetProblem("url", "ftp://example.com/")).isPresent();
  }

  @Test
  void a_name_that_points_inside_after_it_was_checked_is_refused_at_delivery() {
    AtomicReference<String> address = new AtomicReference<>("93.184.216.34");
    TargetCheck strict =
        new TargetCheck(false, host -> List.of(InetAddress.ofLiteral(address.get())));
    Endpoints strictly = new Endpoints(fixture.database, fixture.clock, strict, secrets);
    String url = receiver.url("/hook").replace("127.0.0.1", "moves.example");
    assertThat(strictly.targetProblem("url", url)).isEmpty();
    Endpoint endpoint =
        strictly
            .create(
                owner,
                new Endpoint.EndpointSettings(
                    url,
                    List.of("batch.completed"),
                    NativeWebhookFormat.NAME,
                    SignatureScheme.STANDARD,
                    null),
                (tx, made) -> {})
            .endpoint();
    address.set("127.0.0.1");
    runToEnd(fixture.submit(1), EngineFixture.SUCCESS);
    try (Outbound out = new Outbound(strict, fixture.clock);
        Deliverer node = new Deliverer(fixture.database, fixture.clock, out, secrets)) {
      node.add(new NativeWebhookFormat());
      deliver(node);
    }

    assertThat(receiver.receivedAt("/hook")).isEmpty();
    assertThat(lastAttempt(endpoint).error()).contains("loopback");
  }
}
