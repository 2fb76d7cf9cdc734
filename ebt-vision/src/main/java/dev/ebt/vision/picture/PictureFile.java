package dev.ebt.vision.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a picture: PNG, JPEG, BMP or GIF, of any depth, with a palette or without. What is
 * transparent is seen on white. Refuses what is cut off, and animations.
 */
public final class PictureFile {
  /** More pixels than any photograph has: the file would fill the memory. */
  private static final long MOST_PIXELS = 200_000_000;

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  private PictureFile() {}

  /**
   * Whether a file of a folder is named like a picture: by its ending; not what a leading dot
   * hides, of file or folder.
   */
  public static boolean named(Path folder, Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending)
        && StreamSupport.stream(folder.relativize(file).spliterator(), false)
            .noneMatch(part -> part.toString().startsWith("."));
  }

  /**
   * The square in the middle of a picture.
   *
   * @return values from 0 to 255, [channels, side, side]
   * @throws IOException if it cannot be read; the message says why, without the file's name
   */
  public static byte[] square(Path file, int channels, int side) throws IOException {
    return open(file, channels, side).planes();
  }

  /**
   * The square in the middle of a picture, and how large the picture is.
   *
   * @param planes values from 0 to 255, [channels, side, side]
   */
  public record Opened(byte[] planes, int width, int height) {}

  /** The same as {@link #square}, with the size of the whole picture. */
  public static Opened open(Path file, int channels, int side) throws IOException {
    Raw raw = read(file);
    return new Opened(Square.of(raw, channels, side), raw.width(), raw.height());
  }

  /**
   * The values of the picture.
   *
   * @throws IOException if it cannot be read; the message says why, without the file's name
   */
  static Raw read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      throw new IOException("the file is empty");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("not a PNG, JPEG, BMP or GIF");
      }
      ImageReader reader = readers.next();
      try {
        return values(decode(reader, in));
      } catch (RuntimeException e) {
        // Readers of the platform fail in many ways on damaged data.
        throw new IOException("damaged: " + e, e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(ImageReader reader, ImageInputStream in) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in);
    boolean gif = reader.getFormatName().equalsIgnoreCase("gif");
    int frames = gif ? reader.getNumImages(true) : 1;
    if (frames > 1) {
      throw new IOException("an animation of " + frames + " frames; a single picture expected");
    }
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_PIXELS) {
      throw new IOException(
          "%d x %d pixels are too many".formatted(reader.getWidth(0), reader.getHeight(0)));
    }
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("truncated") || text.contains("premature")) {
        throw new IOException("cut off: " + warning);
      }
    }
    return image;
  }

  /**
   * Colours as they are in a file, red, green and blue from 0 to 1 each.
   *
   * @param values [3, height, width]
   */
  record Raw(int width, int height, float[][] values) {}

  static Raw values(BufferedImage image) {
    ColorModel model = image.getColorModel();
    boolean grey =
        model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(model instanceof IndexColorModel);
    float[][] values = grey ? grey(image) : colours(image);
    return new Raw(image.getWidth(), image.getHeight(), values);
  }

  /** Samples as they are: Java takes grey to be linear light and would brighten it. */
  private static float[][] grey(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    float[] grey = new float[width * image.getHeight()];
    float white = (1 << image.getColorModel().getComponentSize(0)) - 1;
    boolean transparent = image.getColorModel().hasAlpha();
    float opaque = transparent ? (1 << image.getColorModel().getComponentSize(1)) - 1 : 1;
    for (int i = 0; i < grey.length; i++) {
      float value = raster.getSample(i % width, i / width, 0) / white;
      float share = transparent ? raster.getSample(i % width, i / width, 1) / opaque : 1;
      grey[i] = onWhite(value, share);
    }
    return new float[][] {grey, grey, grey};
  }

  private static float[][] colours(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    float[][] values = new float[3][width * height];
    for (int i = 0; i < pixels.length; i++) {
      float share = (pixels[i] >>> 24) / 255f;
      values[0][i] = onWhite((pixels[i] >> 16 & 0xFF) / 255f, share);
      values[1][i] = onWhite((pixels[i] >> 8 & 0xFF) / 255f, share);
      values[2][i] = onWhite((pixels[i] & 0xFF) / 255f, share);
    }
    return values;
  }

  private static float onWhite(float value, float share) {
    return share * value + 1 - share;
  }
}
