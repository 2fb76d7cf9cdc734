package dev.ebt.vision.image;

import dev.ebt.tensor.Array;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A grid of images of one size, as a PNG, each of which may have a caption below it. */
public final class ImageGrid {
  private static final int GAP = 4;
  private static final int LINE = 13;
  private static final int FONT = 11;

  private final List<Row> rows = new ArrayList<>();

  /**
   * A row of the grid.
   *
   * @param captions of the first images, with lines separated by {@code \n}
   */
  private record Row(BufferedImage strip, int images, List<String> captions) {
    /** Returns the lines that captions take. */
    int lines() {
      return captions.stream().mapToInt(text -> text.split("\n", -1).length).max().orElse(0);
    }

    int height() {
      return strip.getHeight() + lines() * LINE;
    }

    /** Returns the distance of the left edges of two images. */
    int step() {
      return (strip.getWidth() + GAP) / images;
    }
  }

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
    images.forEach(strip::with);
    rows.add(new Row(strip.draw(), images.size(), List.copyOf(captions)));
    return this;
  }

  /** Writes the grid. */
  public void write(Path png) throws IOException {
    WholeFile.png(draw(), png);
  }

  /** Draws the grid. */
  public BufferedImage draw() {
    int width = rows.stream().mapToInt(row -> row.strip().getWidth()).max().orElseThrow();
    int height = rows.stream().mapToInt(row -> row.height() + GAP).sum() - GAP;
    BufferedImage grid = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    int y = 0;
    for (Row row : rows) {
      graphics.drawImage(row.strip(), 0, y, null);
      for (int i = 0; i < row.captions().size(); i++) {
        int top = y + row.strip().getHeight();
        caption(graphics, row.captions().get(i), i * row.step(), top, row.step() - GAP);
      }
      y += row.height() + GAP;
    }
    graphics.dispose();
    return grid;
  }

  /** Writes a text within a width, which cuts it off. */
  private static void caption(Graphics2D graphics, String text, int x, int y, int width) {
    String[] lines = text.split("\n", -1);
    Shape all = graphics.getClip();
    graphics.clipRect(x, y, width, lines.length * LINE);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
    for (int i = 0; i < lines.length; i++) {
      graphics.drawString(lines[i], x + 1, y + (i + 1) * LINE - 3);
    }
    graphics.setClip(all);
  }
}
