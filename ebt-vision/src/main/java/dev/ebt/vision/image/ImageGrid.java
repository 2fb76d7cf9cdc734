package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A grid of images of one size, as a PNG. */
public final class ImageGrid {
  private static final int GAP = 4;

  private final List<ImageStrip> rows = new ArrayList<>();

  /** Adds a row at the bottom. */
  public ImageGrid with(List<Array> images) {
    ImageStrip strip = new ImageStrip();
    images.forEach(strip::with);
    rows.add(strip);
    return this;
  }

  /** Writes the grid. */
  public void write(Path png) throws IOException {
    WholeFile.png(draw(), png);
  }

  /** Draws the grid. */
  public BufferedImage draw() {
    List<BufferedImage> drawn = rows.stream().map(ImageStrip::draw).toList();
    int width = drawn.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = drawn.get(0).getHeight();
    BufferedImage grid =
        new BufferedImage(width, drawn.size() * (height + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < drawn.size(); i++) {
      graphics.drawImage(drawn.get(i), 0, i * (height + GAP), null);
    }
    graphics.dispose();
    return grid;
  }
}
