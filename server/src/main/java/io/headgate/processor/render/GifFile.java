package io.headgate.processor.render;

import io.headgate.processor.render.RenderOptions.Film;
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

  private static final String NATIVE = "javax_imageio_gif_image_1.0";

  /** The Netscape application block: 1, then the number of repetitions; 0 means forever. */
  private static final byte[] FOR_EVER = {1, 0, 0};

  private GifFile() {}

  /**
   * Consecutive frames with the same image.
   *
   * @param from the first of them
   * @param until the first frame after them
   */
  private record Scene(int from, int until) {}

  static Made write(Path folder, int frames, Film film, Path file)
      throws IOException, Unrenderable, InterruptedException {
    List<Scene> scenes = scenes(folder, frames);
    if (scenes.size() < 2) {
      throw Unrenderable.lasting(
          Fault.NO_ANIMATION,
          "nothing on the page moves within %s seconds; a GIF needs an animation"
              .formatted(film.seconds()));
    }
    int[] size = ImageSize.of(Filming.frame(folder, 0));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (OutputStream bytes = Files.newOutputStream(file);
        ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (Scene scene : scenes) {
        BufferedImage image = ImageIO.read(Filming.frame(folder, scene.from()).toFile());
        writer.writeToSequence(
            new IIOImage(opaque(image), null, metadata(writer, delay(scene, film))), null);
        out.flushBefore(out.getStreamPosition());
        requireGoOn();
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return new Made(size[0], size[1], scenes.size());
  }

  private static void requireGoOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static List<Scene> scenes(Path folder, int frames) throws IOException {
    List<Scene> scenes = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= frames; i++) {
      if (i == frames
          || Files.mismatch(Filming.frame(folder, from), Filming.frame(folder, i)) >= 0) {
        scenes.add(new Scene(from, i));
        from = i;
      }
    }
    return scenes;
  }

  /** In hundredths of a second, rounded so that the whole animation keeps its length. */
  private static int delay(Scene scene, Film film) {
    double hundredths = 100.0 / film.fps();
    return (int) (Math.round(scene.until() * hundredths) - Math.round(scene.from() * hundredths));
  }

  private static BufferedImage opaque(BufferedImage image) {
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
    IIOMetadataNode root = new IIOMetadataNode(NATIVE);
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
    loop.setUserObject(FOR_EVER.clone());
    applications.appendChild(loop);
    root.appendChild(applications);
    metadata.mergeTree(NATIVE, root);
    return metadata;
  }
}
