package dev.ebt.vision.procedural;

/** A square canvas: the colours at the centres of its pixels. */
final class Canvas {
  private static final double[] LUMINANCE = {0.299, 0.587, 0.114};

  private final int side;
  private final double[][] colours;

  /** Creates a canvas of {@code side} pixels a side, filled with a paint. */
  Canvas(int side, Paint paint) {
    this.side = side;
    this.colours = new double[LUMINANCE.length][side * side];
    for (int i = 0; i < side * side; i++) {
      for (int channel = 0; channel < colours.length; channel++) {
        colours[channel][i] = paint.at(x(i), y(i), channel);
      }
    }
  }

  /** Paints over the inside of the outline; pixels on its edge are mixed. */
  void cover(Outline outline, Paint paint) {
    for (int i = 0; i < side * side; i++) {
      double share = Math.min(1, Math.max(0, 0.5 - outline.distance(x(i), y(i)) * side));
      for (int channel = 0; share > 0 && channel < colours.length; channel++) {
        double below = colours[channel][i];
        colours[channel][i] = below + share * (paint.at(x(i), y(i), channel) - below);
      }
    }
  }

  /** Returns values from 0 to 255, [channels, side, side]; one channel is the luminance. */
  byte[] planes(int channels) {
    double[][] planes = channels == 1 ? new double[][] {grey()} : colours;
    byte[] values = new byte[channels * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(255 * planes[i / (side * side)][i % (side * side)]);
    }
    return values;
  }

  private double x(int pixel) {
    return (pixel % side + 0.5) / side;
  }

  private double y(int pixel) {
    int row = pixel / side;
    return (row + 0.5) / side;
  }

  private double[] grey() {
    double[] grey = new double[side * side];
    for (int channel = 0; channel < colours.length; channel++) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] += LUMINANCE[channel] * colours[channel][i];
      }
    }
    return grey;
  }
}
