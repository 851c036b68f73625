/**
 * Files that attempts produce in addition to their output: stored atomically, served under signed
 * URLs, deleted when they are no longer needed.
 */
@NullMarked
package io.headgate.artifact;

import org.jspecify.annotations.NullMarked;
