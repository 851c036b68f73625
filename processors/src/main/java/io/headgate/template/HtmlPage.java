package io.headgate.template;

/**
 * A finished page.
 *
 * @param layout the key of the layout
 * @param name of the layout, for people
 * @param width in CSS pixels
 * @param height in CSS pixels
 */
public record HtmlPage(String html, String layout, String name, int width, int height)
    implements TemplateResult {}
