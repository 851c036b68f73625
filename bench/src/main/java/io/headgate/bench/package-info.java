/** The measured comparisons: each figure printed beside what it is compared with, in one run. */
@NullMarked
package io.headgate.bench;

import org.jspecify.annotations.NullMarked;
