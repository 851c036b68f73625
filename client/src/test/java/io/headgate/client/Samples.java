package io.headgate.client;

/** Response bodies as the API defines them. */
final class Samples {

  static final String ID = "01993e5c-0000-7000-8000-000000000001";

  static final String BATCH =
      """
      {"id":"%s","name":"nightly","processor":"scrape","state":"running","paused":false,
       "metadata":{"team":"a"},
       "counts":{"total":1000,"pending":400,"running":64,"succeeded":530,"failed":6,"cancelled":0},
       "credits":{"per_item":1,"reserved":464,"charged":530,"refunded":6},
       "progress":{"settled":536,"ratio":0.536,"items_per_second":120.4,
                   "eta":"2026-11-21T10:00:12.000Z"},
       "options":{},"limits":{},"priority":0,"start_at":null,"expires_at":null,
       "created_at":"2026-11-21T10:00:00.000Z","started_at":"2026-11-21T10:00:00.100Z",
       "finished_at":null,"cancelled_at":null,"resubmitted_from":null,"added_later":{"x":1}}
      """
          .formatted(ID);

  static final String RECEIPT =
      """
      {"batch_id":"%s","cancelled_at":"2026-11-21T10:00:00.123Z","epoch":8123,
       "mode":"drain","grace_seconds":30,"reason":"wrong list",
       "requested_by":{"account":"default","key":"admin"},
       "counts":{"total":1000,"stopped":400,"running":64,"succeeded":530,"failed":6,"cancelled":0},
       "credits":{"per_item":1,"refunded":400,"at_stake":64,"charged":530}}
      """
          .formatted(ID);

  private Samples() {}
}
