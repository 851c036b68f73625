/** Accounts and their append-only journal. */
@NullMarked
package io.headgate.credit;

import org.jspecify.annotations.NullMarked;
