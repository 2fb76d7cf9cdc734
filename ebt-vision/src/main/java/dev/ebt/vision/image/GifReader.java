package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Node;

/**
 * A reader of the whole frames of an animated GIF. The file stores changes: each image has a
 * position and a disposal method, which applies before the next is drawn.
 */
public final class GifReader {
  private static final String STREAM = "javax_imageio_gif_stream_1.0";
  private static final String IMAGE = "javax_imageio_gif_image_1.0";

  private GifReader() {}

  /** Returns whether a file is an animated GIF: one of several images, or a damaged one. */
  public static boolean is(Path file) {
    if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gif")) {
      return false;
    }
    try {
      return using(ImageFile.bytes(file), reader -> reader.getNumImages(true)) != 1;
    } catch (IOException e) {
      return true; // Reading it reports the problem.
    }
  }

  /**
   * Returns the centre square of each frame of a GIF; one if it is not animated.
   *
   * @return values from 0 to 255, [channels, side, side] each
   * @throws IOException if it cannot be read; the message gives the reason, without the file's name
   */
  public static List<byte[]> squares(Path file, int channels, int side) throws IOException {
    byte[] bytes = ImageFile.bytes(file);
    return using(
        bytes,
        reader -> {
          if (GifBlocks.cutOff(bytes)) {
            throw new IOException("cut off: the file ends in the middle of a frame");
          }
          return squares(reader, channels, side);
        });
  }

  /** A function of a reader. */
  private interface Use<T> {
    T with(ImageReader reader) throws IOException;
  }

  private static <T> T using(byte[] bytes, Use<T> use) throws IOException {
    if (!GifBlocks.is(bytes)) {
      throw new IOException("not a GIF");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = new ImageInput(GifBlocks.withoutMetadata(bytes))) {
      reader.setInput(in);
      return use.with(reader);
    } catch (RuntimeException e) {
      // The platform's reader fails in many ways on damaged data.
      throw new IOException("damaged: " + ReasonText.of(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static List<byte[]> squares(ImageReader reader, int channels, int side)
      throws IOException {
    int count = reader.getNumImages(true);
    List<byte[]> frames = new ArrayList<>();
    BufferedImage canvas = canvas(reader);
    for (int i = 0; i < count; i++) {
      Node image = reader.getImageMetadata(i).getAsTree(IMAGE);
      String disposal = attribute(image, "GraphicControlExtension", "disposalMethod");
      BufferedImage before = disposal.equals("restoreToPrevious") ? copy(canvas) : canvas;
      ImageFile.checkPixels(reader.getWidth(i), reader.getHeight(i));
      Rectangle place =
          new Rectangle(
              number(attribute(image, "ImageDescriptor", "imageLeftPosition")),
              number(attribute(image, "ImageDescriptor", "imageTopPosition")),
              reader.getWidth(i),
              reader.getHeight(i));
      Graphics2D graphics = canvas.createGraphics();
      graphics.drawImage(reader.read(i), place.x, place.y, null);
      frames.add(CenterCropResize.of(Pixels.of(canvas), channels, side));
      if (disposal.equals("restoreToBackgroundColor")) {
        graphics.setComposite(java.awt.AlphaComposite.Clear);
        graphics.fill(place);
      }
      graphics.dispose();
      canvas = before;
    }
    return frames;
  }

  /** Creates a transparent canvas as large as the stream or, without its size, its first image. */
  private static BufferedImage canvas(ImageReader reader) throws IOException {
    IIOMetadata stream = reader.getStreamMetadata();
    Node tree = stream == null ? new IIOMetadataNode(STREAM) : stream.getAsTree(STREAM);
    int width = number(attribute(tree, "LogicalScreenDescriptor", "logicalScreenWidth"));
    int height = number(attribute(tree, "LogicalScreenDescriptor", "logicalScreenHeight"));
    width = width > 0 ? width : reader.getWidth(0);
    height = height > 0 ? height : reader.getHeight(0);
    ImageFile.checkPixels(width, height);
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
  }

  private static BufferedImage copy(BufferedImage image) {
    BufferedImage copy =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = copy.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return copy;
  }

  /** Returns the value of an attribute, empty if it is missing. */
  private static String attribute(Node tree, String child, String name) {
    for (Node node = tree.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(child) && node.getAttributes().getNamedItem(name) != null) {
        return node.getAttributes().getNamedItem(name).getNodeValue();
      }
    }
    return "";
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }
}
