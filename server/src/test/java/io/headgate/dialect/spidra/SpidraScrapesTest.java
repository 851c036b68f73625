package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Single scrapes and their logs. */
class SpidraScrapesTest extends SpidraCase {

  @Test
  void a_single_scrape_is_a_job_of_its_own_with_a_record_when_it_has_ended() {
    TestClient by = account("single", "");
    String body = "{\"urls\":[{\"url\":\"http://a.invalid/1\"},{\"url\":\"http://a.invalid/2\"}]}";
    Reply queued = by.post("/api/scrape", body);
    assertThat(queued.status()).as(queued.text()).isEqualTo(202);
    UUID job = UUID.fromString(queued.json().path("jobId").asString());
    work.awaitStarted(job, 2);
    assertThat(by.get("/api/scrape-logs").json().at("/data/total").intValue()).isZero();
    assertThat(by.get("/api/scrape-logs/" + job).status()).isEqualTo(404);
    work.succeed(job, 0);
    work.fail(job, 1);
    String path = "/api/scrape/" + job;
    Await.until("ended", LONG, () -> by.get(path).text().contains("\"completed\""));
    Reply shown = by.get(path);
    assertThat(shown.json().at("/result/content").asString()).isEqualTo("# Page 0");
    assertThat(shown.json().at("/result/data/1/success").asBoolean()).isFalse();
    assertThat(by.get("/api/scrape-logs").json().at("/data/logs/0/credits_used").intValue())
        .isEqualTo(2);
    assertThat(by.get("/api/scrape-logs/" + job).json().at("/data/result_data").asString())
        .isEqualTo("# Page 0");
    assertThat(show(by, job).status()).isEqualTo(404);
    assertThat(by.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
    assertThat(by.post("/api/scrape", "{\"urls\":[1,2,3,4]}").status()).isEqualTo(422);
    assertThat(by.post("/api/scrape", "{\"urls\":[{}]}").json().path("message").asString())
        .isEqualTo("urls[0].url must be a string");
    assertThat(
            by.post(
                    "/api/scrape",
                    "{\"urls\":[{\"url\":\"http://a.invalid/\",\"actions\":[{\"type\":\"fly\"}]}]}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void logs_are_found_by_status_text_channel_and_date_and_come_in_pages() {
    TestClient by = account("searcher", "");
    ended(by, "Prices of SHOES", "http://shop.invalid/a", true);
    ended(by, "the title", "http://news.invalid/B?q=%25", true);
    ended(by, "100% of it", "http://shop.invalid/c", false);
    assertThat(logged(by, "")).isEqualTo(3);
    assertThat(logged(by, "status=success")).isEqualTo(2);
    assertThat(logged(by, "status=failed")).isOne();
    assertThat(logged(by, "status=error&channel=api")).isOne();
    assertThat(logged(by, "channel=playground")).isZero();
    assertThat(logged(by, "searchTerm=shoes")).isOne();
    assertThat(logged(by, "searchTerm=shop.invalid")).isEqualTo(2);
    assertThat(logged(by, "searchTerm=NEWS.invalid/b")).isOne();
    assertThat(logged(by, "searchTerm=%25")).isEqualTo(2);
    assertThat(logged(by, "searchTerm=json")).isZero();
    assertThat(logged(by, "searchTerm=%00")).isZero();
    assertThat(logged(by, "searchTerm=shop&status=failed&dateStart=2020-01-01")).isOne();
    assertThat(logged(by, "dateStart=&dateEnd=&status=&searchTerm=")).isEqualTo(3);
    assertThat(logged(by, "dateEnd=2020-01-01")).isZero();
    assertThat(logged(by, "dateStart=2999-01-01T00:00:00Z")).isZero();
    assertThat(logged(by, "dateEnd=2999-01-01T00:00:00.000+02:00")).isEqualTo(3);
    assertThat(logged(by, "dateStart=-999999999-01-01&dateEnd=%2B999999999-12-31")).isEqualTo(3);
    assertThat(by.get("/api/scrape-logs?limit=2&page=2").json().at("/data/logs")).hasSize(1);
    for (String wrong : new String[] {"status=odd", "dateStart=soon", "dateEnd=2026-02-30"}) {
      assertThat(by.get("/api/scrape-logs?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void a_log_is_of_the_day_and_the_moment_it_was_asked_for() {
    TestClient by = account("dated", "");
    UUID job = ended(by, "x", "http://a.invalid/", true);
    String at = by.get("/v1/batches/" + job).json().path("created_at").asString();
    String day = at.substring(0, 10);
    assertThat(logged(by, "dateStart=" + at + "&dateEnd=" + at)).isOne();
    assertThat(logged(by, "dateStart=" + day + "&dateEnd=" + day)).isOne();
    String before = LocalDate.parse(day).minusDays(1).toString();
    String after = LocalDate.parse(day).plusDays(1).toString();
    assertThat(logged(by, "dateEnd=" + before)).isZero();
    assertThat(logged(by, "dateStart=" + after)).isZero();
  }

  private UUID ended(TestClient by, String prompt, String url, boolean well) {
    String body = "{\"prompt\":\"%s\",\"urls\":[{\"url\":\"%s\"}]}".formatted(prompt, url);
    UUID job = UUID.fromString(by.post("/api/scrape", body).json().path("jobId").asString());
    work.awaitStarted(job, 1);
    if (well) {
      work.succeed(job, 0);
    } else {
      work.fail(job, 0);
    }
    Await.until("logged", LONG, () -> by.get("/api/scrape-logs").text().contains(job.toString()));
    return job;
  }

  private int logged(TestClient by, String query) {
    Reply reply = by.get("/api/scrape-logs?" + query);
    assertThat(reply.status()).as(query + reply.text()).isEqualTo(200);
    assertThat(reply.json().at("/data/logs")).hasSize(reply.json().at("/data/total").intValue());
    return reply.json().at("/data/total").intValue();
  }
}
