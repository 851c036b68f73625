package io.headgate.processor.scrape;

/**
 * A page as it came back, whoever fetched it.
 *
 * @param url as asked for
 * @param finalUrl where redirects ended
 * @param contentType without parameters, lower case; empty when the server named none
 * @param bytes of the page, decompressed
 */
record Visited(String url, String finalUrl, int status, String contentType, int bytes, Page page) {}
