package io.headgate.processor.render;

/**
 * A file that was made.
 *
 * @param width in pixels; of a PDF the first page's, at 96 to the inch
 * @param pages of a PDF, frames of a GIF, else 1
 */
record Made(int width, int height, int pages) {}
