package dev.ebt.vision.video;

import dev.ebt.error.ReasonText;
import dev.ebt.vision.image.ImageFile;
import dev.ebt.vision.image.ImageStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A reader of the images of a folder as the frames of a clip. It refuses images that cannot be
 * frames: without a number in their names or with the same one, of different sizes, or unrelated.
 */
final class FrameFolder {
  /** The beginning of the message about unrelated images. */
  static final String UNRELATED = "its images look unrelated";

  private FrameFolder() {}

  /**
   * Reads every {@code every}-th image.
   *
   * @param files in the order of their numbers
   * @param related whether images that look unrelated are refused
   * @throws IOException if they cannot be read or cannot be frames; the message gives the reason
   */
  static List<ByteBuffer> read(List<Path> files, int every, boolean related, ImageStore store)
      throws IOException {
    if (files.size() > 1) {
      checkNumbers(files);
    }
    List<ByteBuffer> frames = new ArrayList<>();
    ImageFile.Opened first = null;
    for (int i = 0; i < files.size(); i += every) {
      ImageFile.Opened opened = open(files.get(i), store);
      first = first == null ? opened : first;
      if (opened.width() != first.width() || opened.height() != first.height()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "its images differ in size: %s is %dx%d, %s %dx%d",
                files.get(0).getFileName(),
                first.width(),
                first.height(),
                files.get(i).getFileName(),
                opened.width(),
                opened.height()));
      }
      frames.add(store.keep(opened.planes()));
    }
    if (related && FrameRelation.unrelated(frames)) {
      throw new IOException(UNRELATED + ": those that follow each other differ as much as any two");
    }
    return frames;
  }

  private static void checkNumbers(List<Path> files) throws IOException {
    Map<String, Path> numbers = new HashMap<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      String bare = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
      if (!NumberedNames.isNumbered(bare)) {
        throw new IOException("no number in the name of its image " + name);
      }
      Path other = numbers.putIfAbsent(NumberedNames.key(bare), file);
      if (other != null) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s and %s have the same number; one image of each number expected",
                other.getFileName(),
                name));
      }
    }
  }

  private static ImageFile.Opened open(Path file, ImageStore store) throws IOException {
    try {
      return ImageFile.open(file, store.channels(), store.side());
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + ReasonText.of(e), e);
    }
  }
}
