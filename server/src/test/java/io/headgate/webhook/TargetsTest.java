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
class TargetsTest extends WebhookCase {

  @Test
  void a_private_target_is_refused_by_name_of_the_field() {
    TargetCheck strict = new TargetCheck(false, host -> List.of(InetAddress.ofLiteral("10.0.0.1")));
    Endpoints strictly = new Endpoints(house.database, house.clock, strict, vault);

    assertThat(strictly.objection("url", "http://127.0.0.1/hook").orElseThrow().field())
        .isEqualTo("url");
    assertThat(strictly.objection("url", "https://inside.example/hook").orElseThrow().message())
        .isEqualTo(
            "is refused: inside.example has an address that is private, which this server does not fetch");
    assertThat(strictly.objection("url", "ftp://example.com/")).isPresent();
  }

  @Test
  void a_name_that_points_inside_after_it_was_checked_is_refused_at_delivery() {
    AtomicReference<String> address = new AtomicReference<>("93.184.216.34");
    TargetCheck strict = new TargetCheck(false, host -> List.of(InetAddress.ofLiteral(address.get())));
    Endpoints strictly = new Endpoints(house.database, house.clock, strict, vault);
    String url = receiver.url("/hook").replace("127.0.0.1", "moves.example");
    assertThat(strictly.objection("url", url)).isEmpty();
    Endpoint endpoint =
        strictly
            .create(
                owner,
                new Endpoint.Order(
                    url, List.of("batch.completed"), NativeFormat.NAME, Signature.STANDARD, null),
                (tx, made) -> {})
            .endpoint();
    address.set("127.0.0.1");
    run(house.submit(1), EngineFixture.SUCCESS);
    try (Outbound out = new Outbound(strict, house.clock);
        Deliverer node = new Deliverer(house.database, house.clock, out, vault)) {
      node.add(new NativeFormat());
      deliver(node);
    }

    assertThat(receiver.at("/hook")).isEmpty();
    assertThat(last(endpoint).error()).contains("loopback");
  }
}
