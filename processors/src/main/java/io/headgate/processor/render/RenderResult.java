package io.headgate.processor.render;

/**
 * The measures of a rendered file.
 *
 * @param width in pixels; for a PDF that of the first page, at 96 pixels per inch
 * @param height in pixels, as {@code width}
 * @param pages the number of pages of a PDF or of frames of a GIF; 1 for other formats
 */
record RenderResult(int width, int height, int pages) {}
