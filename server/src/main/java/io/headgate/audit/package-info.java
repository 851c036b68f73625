/**
 * Proves from the stored rows that no item was lost, ran twice or started after its fence, and that
 * the credits add up.
 */
@NullMarked
package io.headgate.audit;

import org.jspecify.annotations.NullMarked;
