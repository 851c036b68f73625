/**
 * Verifies from the stored rows that no item was lost, settled twice or started after its fence,
 * and that the credits add up. The entry point is {@link io.headgate.audit.Audit}.
 */
@NullMarked
package io.headgate.audit;

import org.jspecify.annotations.NullMarked;
