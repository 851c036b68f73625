package io.headgate.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A pool of connections as a rival's user would have it. */
final class RivalPool {

  private RivalPool() {}

  static HikariDataSource open(House house, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(house.address().jdbcUrl());
    config.setUsername(house.address().user());
    config.setPassword(house.address().password());
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }
}
