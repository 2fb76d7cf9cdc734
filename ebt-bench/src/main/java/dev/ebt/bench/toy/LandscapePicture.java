package dev.ebt.bench.toy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * A picture of a landscape: on the left the learned energy and the samples, on the right the true
 * energy and the data. Dark is low; what is more than {@value #DEPTH} above the minimum is white.
 */
final class LandscapePicture {
  private static final int PANEL = 400;
  private static final int MARGIN = 10;
  private static final int CAPTION = 24;
  private static final double DEPTH = 8;

  private LandscapePicture() {}

  static BufferedImage draw(Landscape landscape) {
    BufferedImage image =
        new BufferedImage(
            2 * PANEL + 3 * MARGIN, PANEL + CAPTION + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    panel(
        graphics,
        MARGIN,
        "learned energy, samples",
        landscape,
        landscape.learned(),
        landscape.samples());
    panel(
        graphics,
        PANEL + 2 * MARGIN,
        "true energy, data",
        landscape,
        landscape.known(),
        landscape.data());
    graphics.dispose();
    return image;
  }

  private static void panel(
      Graphics2D graphics,
      int left,
      String caption,
      Landscape landscape,
      double[] energies,
      List<double[]> points) {
    graphics.setColor(Color.BLACK);
    graphics.drawString(caption, left, CAPTION - 8);
    double lowest = Arrays.stream(energies).filter(Double::isFinite).min().orElse(0);
    int side = landscape.side();
    for (int i = 0; i < energies.length; i++) {
      int x = i % side * PANEL / side;
      int y = (side - 1 - i / side) * PANEL / side;
      graphics.setColor(color((energies[i] - lowest) / DEPTH));
      graphics.fillRect(left + x, CAPTION + y, PANEL / side + 1, PANEL / side + 1);
    }
    double[] extent = landscape.distribution().extent();
    graphics.setClip(left, CAPTION, PANEL, PANEL);
    graphics.setColor(new Color(0xD5, 0x5E, 0x00));
    for (double[] point : points) {
      double x = PANEL * (point[0] - extent[0]) / (extent[1] - extent[0]);
      double y = PANEL * (extent[3] - point[1]) / (extent[3] - extent[2]);
      graphics.fill(new Ellipse2D.Double(left + x - 1.5, CAPTION + y - 1.5, 3, 3));
    }
    graphics.setClip(null);
  }

  /** Returns a blue that is the lighter the larger the share is; white from 1 on. */
  private static Color color(double share) {
    float bounded = (float) Math.max(0, Math.min(1, Double.isNaN(share) ? 1 : share));
    return new Color(0.1f + 0.9f * bounded, 0.2f + 0.8f * bounded, 0.4f + 0.6f * bounded);
  }
}
