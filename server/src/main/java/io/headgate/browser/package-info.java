/** Chromium, driven: pages for processors, supervised, and with no way out but a checked one. */
@NullMarked
package io.headgate.browser;

import org.jspecify.annotations.NullMarked;
