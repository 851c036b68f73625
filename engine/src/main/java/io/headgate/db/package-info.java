/**
 * PostgreSQL: the embedded one or yours, transactions, migrations, partitions, notifications and
 * the clock they share.
 */
@NullMarked
package io.headgate.db;

import org.jspecify.annotations.NullMarked;
