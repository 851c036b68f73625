/**
 * The native API: a room for each subject, one file per operation. Here is what several of them
 * read and write alike.
 */
@NullMarked
package io.headgate.api;

import org.jspecify.annotations.NullMarked;
