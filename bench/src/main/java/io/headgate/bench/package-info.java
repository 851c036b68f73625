/** The benchmarks: each figure is printed together with what it is compared with, in one run. */
@NullMarked
package io.headgate.bench;

import org.jspecify.annotations.NullMarked;
