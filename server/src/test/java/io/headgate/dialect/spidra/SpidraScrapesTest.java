package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Single scrapes and their logs. */
class SpidraScrapesTest extends SpidraCase {

  @Test
  void a_single_scrape_is_a_job_with_a_log_after_its_end() {
    TestClient user = account("single", "");
    String body = "{\"urls\":[{\"url\":\"http://a.invalid/1\"},{\"url\":\"http://a.invalid/2\"}]}";
    HttpReply queued = user.post("/api/scrape", body);
    assertThat(queued.status()).as(queued.text()).isEqualTo(202);
    UUID job = UUID.fromString(queued.json().path("jobId").asString());
    processor.awaitStarted(job, 2);
    assertThat(user.get("/api/scrape-logs").json().at("/data/total").intValue()).isZero();
    assertThat(user.get("/api/scrape-logs/" + job).status()).isEqualTo(404);
    processor.succeed(job, 0);
    processor.fail(job, 1);
    String path = "/api/scrape/" + job;
    Await.until("ended", TIMEOUT, () -> user.get(path).text().contains("\"completed\""));
    HttpReply shown = user.get(path);
    assertThat(shown.json().at("/result/content").asString()).isEqualTo("# Page 0");
    assertThat(shown.json().at("/result/data/1/success").asBoolean()).isFalse();
    assertThat(user.get("/api/scrape-logs").json().at("/data/logs/0/credits_used").intValue())
        .isEqualTo(2);
    assertThat(user.get("/api/scrape-logs/" + job).json().at("/data/result_data").asString())
        .isEqualTo("# Page 0");
    assertThat(show(user, job).status()).isEqualTo(404);
    assertThat(user.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
    assertThat(user.post("/api/scrape", "{\"urls\":[1,2,3,4]}").status()).isEqualTo(422);
    assertThat(user.post("/api/scrape", "{\"urls\":[{}]}").json().path("message").asString())
        .isEqualTo("urls[0].url must be a string");
    assertThat(
            user.post(
                    "/api/scrape",
                    "{\"urls\":[{\"url\":\"http://a.invalid/\",\"actions\":[{\"type\":\"fly\"}]}]}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void logs_are_found_by_status_text_channel_and_date_and_come_in_pages() {
    TestClient user = account("searcher", "");
    ended(user, "Prices of SHOES", "http://shop.invalid/a", true);
    ended(user, "the title", "http://news.invalid/B?q=%25", true);
    ended(user, "100% of it", "http://shop.invalid/c", false);
    assertThat(logged(user, "")).isEqualTo(3);
    assertThat(logged(user, "status=success")).isEqualTo(2);
    assertThat(logged(user, "status=failed")).isOne();
    assertThat(logged(user, "status=error&channel=api")).isOne();
    assertThat(logged(user, "channel=playground")).isZero();
    assertThat(logged(user, "searchTerm=shoes")).isOne();
    assertThat(logged(user, "searchTerm=shop.invalid")).isEqualTo(2);
    assertThat(logged(user, "searchTerm=NEWS.invalid/b")).isOne();
    assertThat(logged(user, "searchTerm=%25")).isEqualTo(2);
    assertThat(logged(user, "searchTerm=json")).isZero();
    assertThat(logged(user, "searchTerm=%00")).isZero();
    assertThat(logged(user, "searchTerm=shop&status=failed&dateStart=2020-01-01")).isOne();
    assertThat(logged(user, "dateStart=&dateEnd=&status=&searchTerm=")).isEqualTo(3);
    assertThat(logged(user, "dateEnd=2020-01-01")).isZero();
    assertThat(logged(user, "dateStart=2999-01-01T00:00:00Z")).isZero();
    assertThat(logged(user, "dateEnd=2999-01-01T00:00:00.000+02:00")).isEqualTo(3);
    assertThat(logged(user, "dateStart=-999999999-01-01&dateEnd=%2B999999999-12-31")).isEqualTo(3);
    assertThat(user.get("/api/scrape-logs?limit=2&page=2").json().at("/data/logs")).hasSize(1);
    for (String wrong : new String[] {"status=odd", "dateStart=soon", "dateEnd=2026-02-30"}) {
      assertThat(user.get("/api/scrape-logs?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void a_log_is_found_by_the_day_and_time_of_its_submit() {
    TestClient user = account("dated", "");
    UUID job = ended(user, "x", "http://a.invalid/", true);
    String at = user.get("/v1/batches/" + job).json().path("created_at").asString();
    String day = at.substring(0, 10);
    assertThat(logged(user, "dateStart=" + at + "&dateEnd=" + at)).isOne();
    assertThat(logged(user, "dateStart=" + day + "&dateEnd=" + day)).isOne();
    String before = LocalDate.parse(day).minusDays(1).toString();
    String after = LocalDate.parse(day).plusDays(1).toString();
    assertThat(logged(user, "dateEnd=" + before)).isZero();
    assertThat(logged(user, "dateStart=" + after)).isZero();
  }

  private UUID ended(TestClient user, String prompt, String url, boolean succeeds) {
    String body = "{\"prompt\":\"%s\",\"urls\":[{\"url\":\"%s\"}]}".formatted(prompt, url);
    UUID job = UUID.fromString(user.post("/api/scrape", body).json().path("jobId").asString());
    processor.awaitStarted(job, 1);
    if (succeeds) {
      processor.succeed(job, 0);
    } else {
      processor.fail(job, 0);
    }
    Await.until(
        "logged", TIMEOUT, () -> user.get("/api/scrape-logs").text().contains(job.toString()));
    return job;
  }

  private int logged(TestClient user, String query) {
    HttpReply reply = user.get("/api/scrape-logs?" + query);
    assertThat(reply.status()).as(query + reply.text()).isEqualTo(200);
    assertThat(reply.json().at("/data/logs")).hasSize(reply.json().at("/data/total").intValue());
    return reply.json().at("/data/total").intValue();
  }
}
