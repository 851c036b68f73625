/**
 * What all doors share: operations and where they are, requests and answers, problems, JSON, pages.
 */
@NullMarked
package io.headgate.http;

import org.jspecify.annotations.NullMarked;
