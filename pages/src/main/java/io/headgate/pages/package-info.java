/** Runs what the pages of the documentation tell a reader to run, on a real server. */
@NullMarked
package io.headgate.pages;

import org.jspecify.annotations.NullMarked;
