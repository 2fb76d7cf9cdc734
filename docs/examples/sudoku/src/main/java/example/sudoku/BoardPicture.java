package example.sudoku;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * A picture of a board that is being thought about: given digits in black, predicted ones in blue,
 * the paler the less likely they are; cells that are uncertain on yellow, and digits that stand
 * twice in a row, column or box on red.
 *
 * @param title a line above the board
 */
record BoardPicture(String title, BoardDrawing drawing) {
  private static final int CELL = 36;
  private static final int MARGIN = 12;
  private static final int TITLE = 22;
  private static final Color GIVEN = new Color(0x20, 0x20, 0x20);
  private static final Color CERTAIN = new Color(0x0b, 0x4f, 0x9e);
  private static final Color PALE = new Color(0xa9, 0xc4, 0xe4);
  private static final Color ON_GIVEN = new Color(0xee, 0xee, 0xee);
  private static final Color ON_UNCERTAIN = new Color(0xff, 0xf1, 0xb8);
  private static final Color ON_CLASH = new Color(0xff, 0xc4, 0xbc);
  private static final Color THIN = new Color(0xb8, 0xb8, 0xb8);

  /** Returns the width of pictures of a layout in pixels. */
  static int width(Layout layout) {
    return layout.size() * CELL + 2 * MARGIN;
  }

  /** Returns the height of pictures of a layout in pixels. */
  static int height(Layout layout) {
    return layout.size() * CELL + 2 * MARGIN + TITLE;
  }

  /** Draws the picture. */
  BufferedImage draw() {
    Layout layout = drawing.given().layout();
    BufferedImage image =
        new BufferedImage(width(layout), height(layout), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(GIVEN);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.drawString(title, MARGIN, MARGIN + 10);
    graphics.translate(MARGIN, MARGIN + TITLE);
    for (int cell = 0; cell < layout.cells(); cell++) {
      draw(graphics, cell);
    }
    lines(graphics, layout);
    graphics.dispose();
    return image;
  }

  private void draw(Graphics2D graphics, int cell) {
    int x = drawing.given().layout().column(cell) * CELL;
    int y = drawing.given().layout().row(cell) * CELL;
    boolean given = drawing.given().digit(cell) > 0;
    char mark = drawing.mark(cell);
    graphics.setColor(
        given ? ON_GIVEN : mark == '!' ? ON_CLASH : mark == '?' ? ON_UNCERTAIN : Color.WHITE);
    graphics.fillRect(x, y, CELL, CELL);
    CellBelief belief = drawing.beliefs()[cell];
    graphics.setColor(given ? GIVEN : between(PALE, CERTAIN, belief.probability()));
    graphics.setFont(new Font(Font.SANS_SERIF, given ? Font.BOLD : Font.PLAIN, 20));
    FontMetrics metrics = graphics.getFontMetrics();
    String digit = Integer.toString(belief.digit());
    graphics.drawString(
        digit,
        x + (CELL - metrics.stringWidth(digit)) / 2,
        y + (CELL - metrics.getHeight()) / 2 + metrics.getAscent());
  }

  private static void lines(Graphics2D graphics, Layout layout) {
    int length = layout.size() * CELL;
    for (boolean thick : new boolean[] {false, true}) {
      graphics.setColor(thick ? GIVEN : THIN);
      graphics.setStroke(new BasicStroke(thick ? 2 : 1));
      for (int i = 0; i <= layout.size(); i++) {
        if (thick == (i % layout.boxHeight() == 0)) {
          graphics.drawLine(0, i * CELL, length, i * CELL);
        }
        if (thick == (i % layout.boxWidth() == 0)) {
          graphics.drawLine(i * CELL, 0, i * CELL, length);
        }
      }
    }
  }

  private static Color between(Color one, Color other, double share) {
    return new Color(
        (int) Math.round(one.getRed() + share * (other.getRed() - one.getRed())),
        (int) Math.round(one.getGreen() + share * (other.getGreen() - one.getGreen())),
        (int) Math.round(one.getBlue() + share * (other.getBlue() - one.getBlue())));
  }
}
