/** What runs an item: the contract of a processor and the list of those this server has. */
@NullMarked
package io.headgate.processor;

import org.jspecify.annotations.NullMarked;
