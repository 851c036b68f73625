/**
 * Runs Chromium for the processors: supervises its processes and sends all its traffic through a
 * proxy that checks every target.
 */
@NullMarked
package io.headgate.browser;

import org.jspecify.annotations.NullMarked;
