package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.store.Sha256;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.LoadedImages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Training and validation images without duplicates.
 *
 * @param content identifies the images on each side: the same for the same split
 */
record ImageSplit(List<Image> training, List<Image> validation, String content) {

  /** Returns the split that the makers of the images provide. */
  static ImageSplit asMade(LoadedImages read) {
    Map<String, Image> validation = different(read.setApart());
    Map<String, Image> training = different(read.images());
    training.keySet().removeAll(validation.keySet());
    return of(training, validation);
  }

  /**
   * Returns a split with a share for validation, chosen by content.
   *
   * @throws UserException if no training image would be left
   */
  static ImageSplit byContent(LoadedImages read, double share, String path) {
    List<Image> together = new ArrayList<>(read.images());
    together.addAll(read.setApart());
    Map<String, Image> all = new TreeMap<>(different(together));
    int count = (int) Math.max(1, Math.round(share * all.size()));
    if (count == all.size() && share < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %d different image%s: too few for training and validation",
              path,
              all.size(),
              all.size() == 1 ? "" : "s"));
    }
    Map<String, Image> apart = new LinkedHashMap<>();
    all.entrySet().stream().limit(count).forEach(e -> apart.put(e.getKey(), e.getValue()));
    all.keySet().removeAll(apart.keySet());
    return of(all, apart);
  }

  private static ImageSplit of(Map<String, Image> training, Map<String, Image> validation) {
    return new ImageSplit(
        List.copyOf(training.values()),
        List.copyOf(validation.values()),
        String.format(Locale.ROOT, "%s judged by %s", hashes(training), hashes(validation)));
  }

  private static String hashes(Map<String, Image> images) {
    return images.keySet().stream().sorted().collect(joining(" "));
  }

  private static Map<String, Image> different(List<Image> images) {
    Map<String, Image> different = new LinkedHashMap<>();
    for (Image image : images) {
      different.putIfAbsent(Sha256.of(image.planes()), image);
    }
    return different;
  }
}
