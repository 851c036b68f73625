/** Authenticated encryption of what the database stores and must not reveal. */
@NullMarked
package io.headgate.crypto;

import org.jspecify.annotations.NullMarked;
