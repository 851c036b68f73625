/**
 * The HTTP server and what every API is built from: operations and their routes, requests,
 * responses, problems, JSON and pages.
 */
@NullMarked
package io.headgate.http;

import org.jspecify.annotations.NullMarked;
