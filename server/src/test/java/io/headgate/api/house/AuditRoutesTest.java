package io.headgate.api.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.RateLimits;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import io.headgate.view.Rows;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditRoutesTest {

  private final TestHouse house = new TestHouse(new RateLimits(0, 0));
  private final TestClient admin = house.client;
  private final Rows rows =
      Rows.of(
          house.database, UUID.fromString(admin.get("/v1/account").json().path("id").asString()));

  @AfterEach
  void stop() {
    house.close();
  }

  @Test
  void a_sound_house_and_each_of_its_batches_pass() {
    UUID batch = rows.batch(5).cursor(2).succeeded(0, 1, 2).claimed(1, 1).save();
    rows.batch(3).save();

    Reply all = admin.get("/v1/audit");
    Reply one = admin.get("/v1/batches/" + batch + "/audit");

    assertThat(all.text()).startsWith("{\"ok\":true,\"batches\":2,\"items\":8,\"checks\":[{");
    assertThat(one.text()).startsWith("{\"ok\":true,\"batches\":1,\"items\":5,\"checks\":[{");
    assertThat(one.json().path("checks").valueStream().map(c -> c.path("name").asString()))
        .containsExactly(
            "conservation", "claims", "fence", "receipts", "credits", "results", "artifacts");
  }

  @Test
  void a_violation_names_its_batch() {
    UUID batch = rows.batch(5).cursor(2).succeeded(0, 1, 2).claimed(1, 1).save();
    rows.tamper("delete from result where batch_id = '%s'".formatted(batch));

    Reply one = admin.get("/v1/batches/" + batch + "/audit");

    assertThat(one.json().path("ok").asBoolean()).isFalse();
    assertThat(one.json().at("/checks/0").toString())
        .isEqualTo(
            "{\"name\":\"conservation\",\"ok\":false,\"found\":1,\"violations\":[{\"batch_id\":\""
                + batch
                + "\",\"detail\":\"succeeded is 1, but its rows give 0\"}]}");
  }

  @Test
  void the_whole_house_is_for_whoever_runs_it_and_a_batch_for_its_account() {
    UUID batch = rows.batch(5).save();
    String reader = house.newKey(admin, "reader", ",\"scopes\":[\"read\"]");
    String id = admin.post("/v1/accounts", "{\"name\":\"other\"}").json().path("id").asString();
    TestClient other =
        admin.withKey(
            house.newKey(
                admin, "other", ",\"scopes\":[\"read\",\"admin\"],\"account_id\":\"" + id + "\""));

    assertThat(admin.withKey(reader).get("/v1/audit").code()).isEqualTo("forbidden");
    assertThat(other.get("/v1/audit").code()).isEqualTo("forbidden");
    assertThat(admin.withKey(reader).get("/v1/batches/" + batch + "/audit").status())
        .isEqualTo(200);
    assertThat(other.get("/v1/batches/" + batch + "/audit").code()).isEqualTo("not-found");
    assertThat(admin.get("/v1/batches/none/audit").code()).isEqualTo("not-found");
  }
}
