package io.headgate.processor.scrape;

/**
 * A fetched page, from a plain fetch or a browser.
 *
 * @param url the requested URL
 * @param finalUrl the URL after redirects
 * @param contentType lower case, without parameters; empty if the response has none
 * @param bytes length of the decompressed page
 */
record FetchedPage(
    String url, String finalUrl, int status, String contentType, int bytes, PageContent page) {}
