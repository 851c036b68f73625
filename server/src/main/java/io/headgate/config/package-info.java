/** What an operator may set: checked records, one table of keys. */
@NullMarked
package io.headgate.config;

import org.jspecify.annotations.NullMarked;
