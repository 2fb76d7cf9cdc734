package dev.ebt.vision.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The decoded colours of an image, row by row. */
interface Pixels {
  int width();

  int height();

  /**
   * Reads a part of a row.
   *
   * @param left the first column
   * @param values [3, count]: receives red, green and blue, from 0 to 1 each
   */
  void row(int row, int left, float[][] values);

  /** Returns the pixels of an image; transparent ones are blended with white. */
  static Pixels of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    int space = model instanceof IndexColorModel ? -1 : model.getColorSpace().getType();
    return switch (space) {
      case ColorSpace.TYPE_GRAY -> new Grey(image);
      case ColorSpace.TYPE_CMYK -> new Inks(image);
      default -> new Colours(image);
    };
  }

  private static float onWhite(float value, float share) {
    return share * value + 1 - share;
  }

  /** Pixels of an image in memory. */
  interface OfImage extends Pixels {
    BufferedImage image();

    @Override
    default int width() {
      return image().getWidth();
    }

    @Override
    default int height() {
      return image().getHeight();
    }
  }

  /** Raw grey samples: Java would take grey for linear light and brighten it. */
  record Grey(BufferedImage image) implements OfImage {
    @Override
    public void row(int row, int left, float[][] values) {
      Raster raster = image.getRaster();
      float white = (1 << image.getColorModel().getComponentSize(0)) - 1;
      boolean transparent = image.getColorModel().hasAlpha();
      float opaque = transparent ? (1 << image.getColorModel().getComponentSize(1)) - 1 : 1;
      for (int i = 0; i < values[0].length; i++) {
        float value = raster.getSample(left + i, row, 0) / white;
        float share = transparent ? raster.getSample(left + i, row, 1) / opaque : 1;
        values[0][i] = onWhite(value, share);
        values[1][i] = values[0][i];
        values[2][i] = values[0][i];
      }
    }
  }

  /**
   * CMYK samples: cyan, magenta and yellow subtract red, green and blue, black subtracts all of
   * them; not linear light.
   */
  record Inks(BufferedImage image) implements OfImage {
    private static final int BLACK = 3;

    @Override
    public void row(int row, int left, float[][] values) {
      Raster raster = image.getRaster();
      for (int i = 0; i < values[0].length; i++) {
        float light = 1 - raster.getSample(left + i, row, BLACK) / 255f;
        for (int channel = 0; channel < values.length; channel++) {
          values[channel][i] = light * (1 - raster.getSample(left + i, row, channel) / 255f);
        }
      }
    }
  }

  /** Pixels of any other colour model, converted by Java. */
  record Colours(BufferedImage image) implements OfImage {
    @Override
    public void row(int row, int left, float[][] values) {
      int count = values[0].length;
      int[] pixels = image.getRGB(left, row, count, 1, null, 0, count);
      for (int i = 0; i < count; i++) {
        float share = (pixels[i] >>> 24) / 255f;
        values[0][i] = onWhite((pixels[i] >> 16 & 0xFF) / 255f, share);
        values[1][i] = onWhite((pixels[i] >> 8 & 0xFF) / 255f, share);
        values[2][i] = onWhite((pixels[i] & 0xFF) / 255f, share);
      }
    }
  }
}
