package dev.ebt.vision.image;

import dev.ebt.error.ReasonText;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A reader of images: PNG, JPEG, WebP, TIFF, BMP or GIF, of any depth, with or without a palette.
 * Transparent pixels are blended with white; photographs are turned upright by their Exif data. It
 * refuses truncated files, animations, and files of several pages.
 */
public final class ImageFile {
  /** More pixels than any photograph has; a larger file would exhaust the memory. */
  private static final long MOST_PIXELS = 200_000_000;

  /** The number of bytes of a pixel while it is read: four channels of 16 bits. */
  private static final int HELD = 8;

  /** The greatest number of pixels, which take half of Java's maximum memory. */
  private static final int MOST =
      (int) Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / HELD / 2);

  /** A permit for each pixel of the images that are being read at the same time. */
  private static final Semaphore PIXELS = new Semaphore(MOST, true);

  private static final String CUT_OFF = "cut off: the file ends in the middle of the image";

  /** The message of the TIFF reader for strips and tiles outside the file. */
  private static final String BEYOND_THE_END = "out of stream";

  private ImageFile() {}

  /**
   * Reads the centre square of an image.
   *
   * @return values from 0 to 255, [channels, side, side]
   * @throws IOException if it cannot be read; the message gives the reason, without the file's name
   */
  public static byte[] square(Path file, int channels, int side) throws IOException {
    return open(file, channels, side).planes();
  }

  /**
   * The centre square of an image, and the size of the image.
   *
   * @param planes values from 0 to 255, [channels, side, side]
   */
  public record Opened(byte[] planes, int width, int height) {}

  /** Reads an image like {@link #square}, and returns the size of the whole image, too. */
  public static Opened open(Path file, int channels, int side) throws IOException {
    return open(bytes(file), channels, side);
  }

  /** Reads an image from the bytes of its file. */
  public static Opened open(byte[] bytes, int channels, int side) throws IOException {
    checkNotEmpty(bytes);
    ExifOrientation orientation = ExifOrientation.of(bytes);
    Opened stored = read(withoutMetadata(bytes), channels, side);
    byte[] planes = orientation.upright(stored.planes(), side);
    return orientation.turns()
        ? new Opened(planes, stored.height(), stored.width())
        : new Opened(planes, stored.width(), stored.height());
  }

  /**
   * Returns the content of a file.
   *
   * @throws IOException if there is nothing to read; the message gives the reason, without the
   *     file's name
   */
  static byte[] bytes(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(ReasonText.of(e), e);
    }
    checkNotEmpty(bytes);
    return bytes;
  }

  private static void checkNotEmpty(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("the file is empty");
    }
  }

  /** Removes metadata, which may take any amount of memory to read. */
  private static byte[] withoutMetadata(byte[] file) throws IOException {
    if (PngChunks.is(file)) {
      PngChunks.checkStill(file);
      return decoded(() -> PngChunks.withoutMetadata(file));
    }
    if (GifBlocks.is(file)) {
      return decoded(() -> GifBlocks.withoutMetadata(file));
    }
    return JpegSegments.is(file) ? decoded(() -> JpegSegments.withoutMetadata(file)) : file;
  }

  private static Opened read(byte[] bytes, int channels, int side) throws IOException {
    try (ImageInputStream in = new ImageInput(bytes)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(ImageFormats.notRead(bytes));
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      try {
        return decode(reader, channels, side);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Opened decode(ImageReader reader, int channels, int side) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try {
      Opened opened = single(reader, channels, side);
      checkWhole(warnings);
      return opened;
    } catch (IOException e) {
      checkWhole(warnings); // Where data is missing, errors after it are misleading.
      throw e;
    } catch (RuntimeException e) {
      // As in decoded: a directory of a further page may be damaged, too.
      checkWhole(warnings);
      throw new IOException("damaged: " + ReasonText.of(e), e);
    }
  }

  /** Decodes an image, after waiting until there is memory for it while others are being read. */
  private static Opened single(ImageReader reader, int channels, int side) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    boolean moving = format.equals("gif") || format.equals("webp");
    int frames = moving ? decoded(() -> reader.getNumImages(true)) : 1;
    if (frames > 1) {
      throw animation(frames);
    }
    int width = decoded(() -> reader.getWidth(0));
    int height = decoded(() -> reader.getHeight(0));
    if (format.equals("tiff") || format.equals("tif")) {
      checkPages(reader, width, height);
    }
    checkPixels(width, height);
    PIXELS.acquireUninterruptibly(width * height);
    try {
      BufferedImage image = decoded(() -> reader.read(0));
      return new Opened(
          decoded(() -> CenterCropResize.of(Pixels.of(image), channels, side)), width, height);
    } finally {
      PIXELS.release(width * height);
    }
  }

  static IOException animation(int frames) {
    return new IOException("an animation of " + frames + " frames; a single image expected");
  }

  /** Refuses a second page as large as the first; a smaller one is a preview. */
  private static void checkPages(ImageReader reader, int width, int height) throws IOException {
    try {
      if (reader.getWidth(1) == width && reader.getHeight(1) == height) {
        throw new IOException("a TIFF of several pages; a single image expected");
      }
    } catch (IndexOutOfBoundsException e) {
      return; // One page.
    }
  }

  private static void checkWhole(List<String> warnings) throws IOException {
    for (String warning : warnings) {
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("truncated") || text.contains("premature")) {
        throw new IOException("cut off: " + warning);
      }
      if (text.contains("huffman")) {
        throw new IOException("damaged: " + warning);
      }
    }
  }

  /** Calls a reader of the platform, which fails in many ways on damaged data. */
  static <T> T decoded(Callable<T> reading) throws IOException {
    try {
      return reading.call();
    } catch (EOFException | ImageInput.PastTheEnd e) {
      throw new IOException(CUT_OFF, e);
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).endsWith(BEYOND_THE_END)) {
        throw new IOException(CUT_OFF, e);
      }
      throw new IOException("damaged: " + ReasonText.of(e), e);
    }
  }

  /**
   * Refuses an image that memory cannot hold, before allocating it.
   *
   * @throws IOException with the size and the limit
   */
  static void checkPixels(int width, int height) throws IOException {
    if ((long) width * height > MOST) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels are too many; up to %d million expected%s",
              width,
              height,
              MOST / 1_000_000,
              MOST < MOST_PIXELS ? ", or more memory (EBT_JAVA_OPTS=-Xmx8g)" : ""));
    }
  }
}
