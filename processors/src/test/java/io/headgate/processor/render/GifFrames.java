package io.headgate.processor.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.NodeList;

/**
 * The decoded frames of a GIF.
 *
 * @param delays in hundredths of a second
 */
record GifFrames(List<PixelImage> images, List<Integer> delays, boolean loopsForever) {

  static GifFrames of(byte[] bytes) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<PixelImage> pictures = new ArrayList<>();
    List<Integer> delays = new ArrayList<>();
    boolean forEver = false;
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        BufferedImage image = reader.read(i);
        pictures.add(new PixelImage(image));
        IIOMetadataNode root =
            (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        delays.add(
            Integer.valueOf(first(root, "GraphicControlExtension").getAttribute("delayTime")));
        forEver |= hasForeverLoop(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GifFrames(pictures, delays, forEver);
  }

  private static IIOMetadataNode first(IIOMetadataNode root, String name) {
    return (IIOMetadataNode) root.getElementsByTagName(name).item(0);
  }

  private static boolean hasForeverLoop(IIOMetadataNode root) {
    NodeList applications = root.getElementsByTagName("ApplicationExtension");
    for (int i = 0; i < applications.getLength(); i++) {
      byte[] block = (byte[]) ((IIOMetadataNode) applications.item(i)).getUserObject();
      if (block[0] == 1 && block[1] == 0 && block[2] == 0) {
        return true;
      }
    }
    return false;
  }
}
