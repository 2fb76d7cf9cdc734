package dev.ebt.vision.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A caption below an image: a few short lines. */
public final class ImageCaption {
  private static final int LINE = 13;
  private static final int FONT = 11;

  private ImageCaption() {}

  /**
   * Returns the caption of a candidate.
   *
   * @param stage such as {@code after 2 steps}
   * @param psnr in dB; null if there is no true image
   * @param energy null if there is none
   */
  public static String of(String stage, @Nullable Double psnr, @Nullable Double energy) {
    StringBuilder caption = new StringBuilder(stage);
    if (psnr != null) {
      caption.append(String.format(Locale.ROOT, "\n%.1f dB", psnr));
    }
    if (energy != null) {
      caption.append(String.format(Locale.ROOT, "\nenergy %.4g", energy));
    }
    return caption.toString();
  }

  /** Returns the name of the stage after some steps: {@code after 1 step}. */
  public static String after(int steps) {
    return "after " + steps + (steps == 1 ? " step" : " steps");
  }

  /** Returns the height in pixels that the highest of these captions takes. */
  static int height(List<String> captions) {
    return LINE * captions.stream().mapToInt(text -> lines(text).length).max().orElse(0);
  }

  private static String[] lines(String text) {
    return text.isEmpty() ? new String[0] : text.split("\n", -1);
  }

  /** Draws a caption in black within a width, which cuts it off. */
  static void draw(Graphics2D graphics, String text, int x, int y, int width) {
    String[] lines = lines(text);
    Shape all = graphics.getClip();
    graphics.clipRect(x, y, width, lines.length * LINE);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
    for (int i = 0; i < lines.length; i++) {
      graphics.drawString(lines[i], x + 1, y + (i + 1) * LINE - 3);
    }
    graphics.setClip(all);
  }
}
