package io.headgate.template;

import com.github.jknack.handlebars.Template;
import java.util.List;

/**
 * HTML ready to be rendered any number of times, by many threads.
 *
 * @param blocks its blocks and the text between, in which numbers stand for {@code parts}
 */
record Compiled(Template blocks, List<Part> parts) {}
