package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A grid of images of one size, as a PNG, each of which may have a caption below it. */
public final class ImageGrid {
  private static final int GAP = 4;

  private final List<BufferedImage> rows = new ArrayList<>();

  /** Adds a row at the bottom. */
  public ImageGrid with(List<Array> images) {
    return with(images, List.of());
  }

  /**
   * Adds a row at the bottom.
   *
   * @param captions of the first images, with lines separated by {@code \n}
   */
  public ImageGrid with(List<Array> images, List<String> captions) {
    ImageStrip strip = new ImageStrip();
    for (int i = 0; i < images.size(); i++) {
      strip.with(images.get(i), i < captions.size() ? captions.get(i) : "");
    }
    rows.add(strip.draw());
    return this;
  }

  /** Writes the grid. */
  public void write(Path png) throws IOException {
    WholeFile.png(draw(), png);
  }

  /** Draws the grid. */
  public BufferedImage draw() {
    int width = rows.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = rows.stream().mapToInt(row -> row.getHeight() + GAP).sum() - GAP;
    BufferedImage grid = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    int y = 0;
    for (BufferedImage row : rows) {
      graphics.drawImage(row, 0, y, null);
      y += row.getHeight() + GAP;
    }
    graphics.dispose();
    return grid;
  }
}
