package io.headgate.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.RateLimits;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import io.headgate.view.TestRows;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditRoutesTest {

  private final AdminTestServer server = new AdminTestServer(new RateLimits(0, 0));
  private final TestClient admin = server.client;
  private final TestRows rows =
      TestRows.of(
          server.database, UUID.fromString(admin.get("/v1/account").json().path("id").asString()));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void consistent_rows_pass_the_audit_of_everything_and_of_each_batch() {
    UUID batch = rows.batch(5).cursor(2).succeeded(0, 1, 2).claimed(1, 1).save();
    rows.batch(3).save();

    HttpReply all = admin.get("/v1/audit");
    HttpReply one = admin.get("/v1/batches/" + batch + "/audit");

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

    HttpReply one = admin.get("/v1/batches/" + batch + "/audit");

    assertThat(one.json().path("ok").asBoolean()).isFalse();
    assertThat(one.json().at("/checks/0").toString())
        .isEqualTo(
            "{\"name\":\"conservation\",\"ok\":false,\"found\":1,\"violations\":[{\"batch_id\":\""
                + batch
                + "\",\"detail\":\"succeeded is 1, but its rows give 0\"}]}");
  }

  @Test
  void the_full_audit_is_for_the_operator_and_the_audit_of_a_batch_for_its_account() {
    UUID batch = rows.batch(5).save();
    String reader = server.newKey(admin, "reader", ",\"scopes\":[\"read\"]");
    String id = admin.post("/v1/accounts", "{\"name\":\"other\"}").json().path("id").asString();
    TestClient other =
        admin.withKey(
            server.newKey(
                admin, "other", ",\"scopes\":[\"read\",\"admin\"],\"account_id\":\"" + id + "\""));

    assertThat(admin.withKey(reader).get("/v1/audit").code()).isEqualTo("forbidden");
    assertThat(other.get("/v1/audit").code()).isEqualTo("forbidden");
    assertThat(admin.withKey(reader).get("/v1/batches/" + batch + "/audit").status())
        .isEqualTo(200);
    assertThat(other.get("/v1/batches/" + batch + "/audit").code()).isEqualTo("not-found");
    assertThat(admin.get("/v1/batches/none/audit").code()).isEqualTo("not-found");
  }
}
