package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A strip of images of one size side by side, enlarged for viewing, as a PNG, each of which may
 * have a caption below it.
 */
public final class ImageStrip {
  private static final int GAP = 4;
  private static final int BACKGROUND = 0xFFFFFF;
  private static final int SIDE = 128;

  private final int side;
  private final List<Array> images = new ArrayList<>();
  private final List<String> captions = new ArrayList<>();

  /** Creates a strip of images enlarged to be at least {@link #SIDE} wide. */
  public ImageStrip() {
    this(SIDE);
  }

  private ImageStrip(int side) {
    this.side = side;
  }

  /** Creates a strip of images at their original size. */
  public static ImageStrip ofPixels() {
    return new ImageStrip(1);
  }

  /**
   * Adds an image at the right end.
   *
   * @param image [channels, height, width], 1 or 3 channels; values are clamped to −1 to 1
   */
  public ImageStrip with(Array image) {
    return with(image, "");
  }

  /**
   * Adds an image with a caption at the right end.
   *
   * @param image [channels, height, width], 1 or 3 channels; values are clamped to −1 to 1
   * @param caption lines separated by {@code \n}; what is wider than the image is cut off
   */
  public ImageStrip with(Array image, String caption) {
    images.add(image);
    captions.add(caption);
    return this;
  }

  /** Writes the strip. */
  public void write(Path png) throws IOException {
    WholeFile.png(draw(), png);
  }

  /** Draws the strip, with every pixel as a square of the zoom that makes an image wide enough. */
  public BufferedImage draw() {
    int height = images.get(0).shape().size(1);
    int width = images.get(0).shape().size(2);
    int zoom = Math.max(1, (side + width - 1) / width);
    int step = width * zoom + GAP;
    BufferedImage strip =
        new BufferedImage(
            images.size() * step - GAP,
            height * zoom + ImageCaption.height(captions),
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < strip.getHeight(); y++) {
      for (int x = 0; x < strip.getWidth(); x++) {
        int within = x % step;
        boolean outside = within >= width * zoom || y >= height * zoom;
        Array image = images.get(x / step);
        int pixel = y / zoom * width + within / zoom;
        strip.setRGB(x, y, outside ? BACKGROUND : colour(image, pixel));
      }
    }
    Graphics2D graphics = strip.createGraphics();
    for (int i = 0; i < images.size(); i++) {
      ImageCaption.draw(graphics, captions.get(i), i * step, height * zoom, width * zoom);
    }
    graphics.dispose();
    return strip;
  }

  private static int colour(Array image, int pixel) {
    int channels = image.shape().size(0);
    int pixels = image.shape().size(1) * image.shape().size(2);
    int colour = 0;
    for (int channel = 0; channel < 3; channel++) {
      double value = image.real(Math.min(channel, channels - 1) * pixels + pixel);
      long level = Math.round(127.5 * (Math.max(-1, Math.min(1, value)) + 1));
      colour = colour << 8 | (int) level;
    }
    return colour;
  }
}
