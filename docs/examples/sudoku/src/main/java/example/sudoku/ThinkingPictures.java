package example.sudoku;

import dev.ebt.error.UserException;
import dev.ebt.interact.AnimatedGif;
import dev.ebt.interact.Content;
import dev.ebt.interact.PngImage;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The pictures of a board after each step: an animated GIF, or a PNG of all of them in a row. */
final class ThinkingPictures {
  private static final String GIF = ".gif";
  private static final String PNG = ".png";

  /** Hundredths of a second that a picture is shown. */
  private static final int DELAY = 45;

  /** How often the last picture is shown in turn. */
  private static final int LAST = 7;

  private final List<BoardPicture> pictures = new ArrayList<>();

  /**
   * Checks the name of a file.
   *
   * @throws UserException if it does not end in .gif or .png
   */
  static void check(String option, Path file) {
    if (!file.toString().endsWith(GIF) && !file.toString().endsWith(PNG)) {
      throw new UserException(
          option
              + " is "
              + file
              + "; a name that ends in .gif (animated) or .png (all steps in a row) expected");
    }
  }

  void add(BoardPicture picture) {
    pictures.add(picture);
  }

  /** Returns the number of pictures. */
  int size() {
    return pictures.size();
  }

  /** Returns the content of a file by the end of its name; at least one picture expected. */
  Content content(Path file) {
    List<BufferedImage> frames =
        new ArrayList<>(pictures.stream().map(BoardPicture::draw).toList());
    if (file.toString().endsWith(PNG)) {
      return new PngImage(strip(frames));
    }
    frames.addAll(Collections.nCopies(LAST - 1, frames.get(frames.size() - 1)));
    return new AnimatedGif(frames, DELAY);
  }

  private static BufferedImage strip(List<BufferedImage> frames) {
    int width = frames.get(0).getWidth();
    BufferedImage strip =
        new BufferedImage(
            width * frames.size(), frames.get(0).getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = strip.createGraphics();
    for (int i = 0; i < frames.size(); i++) {
      graphics.drawImage(frames.get(i), i * width, 0, null);
    }
    graphics.dispose();
    return strip;
  }
}
