/** The configuration of the server: its keys, its sources, and validated records. */
@NullMarked
package io.headgate.config;

import org.jspecify.annotations.NullMarked;
