package io.headgate.processor.render;

import io.headgate.processor.render.RenderOptions.GifAnimation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes numbered frames as a GIF that loops forever. Equal frames in a row become one. */
final class GifFile {

  private static final String METADATA_FORMAT = "javax_imageio_gif_image_1.0";

  /** The Netscape application block: 1, then the number of repetitions; 0 means forever. */
  private static final byte[] LOOP_FOREVER = {1, 0, 0};

  private GifFile() {}

  /**
   * Consecutive frames with the same image.
   *
   * @param first the first of them
   * @param end the first frame after them
   */
  private record GifFrame(int first, int end) {}

  static RenderResult write(Path folder, int frames, GifAnimation animation, Path file)
      throws IOException, RenderException, InterruptedException {
    List<GifFrame> gifFrames = distinctFrames(folder, frames);
    if (gifFrames.size() < 2) {
      throw RenderException.permanent(
          RenderErrorCode.NO_ANIMATION,
          "nothing on the page moves within %s seconds; a GIF needs an animation"
              .formatted(animation.seconds()));
    }
    int[] size = ImageSize.of(FrameCapture.frameFile(folder, 0));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (OutputStream bytes = Files.newOutputStream(file);
        ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (GifFrame gifFrame : gifFrames) {
        BufferedImage image =
            ImageIO.read(FrameCapture.frameFile(folder, gifFrame.first()).toFile());
        writer.writeToSequence(
            new IIOImage(toOpaque(image), null, metadata(writer, delay(gifFrame, animation))),
            null);
        out.flushBefore(out.getStreamPosition());
        throwIfInterrupted();
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return new RenderResult(size[0], size[1], gifFrames.size());
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static List<GifFrame> distinctFrames(Path folder, int frames) throws IOException {
    List<GifFrame> gifFrames = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= frames; i++) {
      if (i == frames
          || Files.mismatch(FrameCapture.frameFile(folder, from), FrameCapture.frameFile(folder, i))
              >= 0) {
        gifFrames.add(new GifFrame(from, i));
        from = i;
      }
    }
    return gifFrames;
  }

  /** In hundredths of a second, rounded so that the whole animation keeps its length. */
  private static int delay(GifFrame gifFrame, GifAnimation animation) {
    double hundredths = 100.0 / animation.fps();
    return (int)
        (Math.round(gifFrame.end() * hundredths) - Math.round(gifFrame.first() * hundredths));
  }

  private static BufferedImage toOpaque(BufferedImage image) {
    BufferedImage flat =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = flat.createGraphics();
    graphics.drawImage(image, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return flat;
  }

  private static IIOMetadata metadata(ImageWriter writer, int delay) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB), null);
    IIOMetadataNode root = new IIOMetadataNode(METADATA_FORMAT);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", String.valueOf(delay));
    root.appendChild(control);
    IIOMetadataNode applications = new IIOMetadataNode("ApplicationExtensions");
    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
    loop.setAttribute("applicationID", "NETSCAPE");
    loop.setAttribute("authenticationCode", "2.0");
    loop.setUserObject(LOOP_FOREVER.clone());
    applications.appendChild(loop);
    root.appendChild(applications);
    metadata.mergeTree(METADATA_FORMAT, root);
    return metadata;
  }
}
