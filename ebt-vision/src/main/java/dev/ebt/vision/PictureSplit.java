package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.store.Sha256;
import dev.ebt.vision.picture.Picture;
import dev.ebt.vision.picture.PictureCollection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Training and validation pictures without duplicates.
 *
 * @param content identifies the pictures on each side: the same for the same split
 */
record PictureSplit(List<Picture> training, List<Picture> validation, String content) {

  /** Returns the split that the makers of the pictures provide. */
  static PictureSplit asMade(PictureCollection read) {
    Map<String, Picture> judged = different(read.setApart());
    Map<String, Picture> learnt = different(read.pictures());
    learnt.keySet().removeAll(judged.keySet());
    return of(learnt, judged);
  }

  /**
   * Returns a split with a share for validation, chosen by content.
   *
   * @throws UserException if no training picture would be left
   */
  static PictureSplit byContent(PictureCollection read, double share, String path) {
    List<Picture> together = new ArrayList<>(read.pictures());
    together.addAll(read.setApart());
    Map<String, Picture> all = new TreeMap<>(different(together));
    int judged = (int) Math.max(1, Math.round(share * all.size()));
    if (judged == all.size() && share < 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %d different picture%s: too few to learn from some and be judged by others",
              path,
              all.size(),
              all.size() == 1 ? "" : "s"));
    }
    Map<String, Picture> apart = new LinkedHashMap<>();
    all.entrySet().stream().limit(judged).forEach(e -> apart.put(e.getKey(), e.getValue()));
    all.keySet().removeAll(apart.keySet());
    return of(all, apart);
  }

  private static PictureSplit of(Map<String, Picture> training, Map<String, Picture> validation) {
    return new PictureSplit(
        List.copyOf(training.values()),
        List.copyOf(validation.values()),
        String.format(Locale.ROOT, "%s judged by %s", hashes(training), hashes(validation)));
  }

  private static String hashes(Map<String, Picture> pictures) {
    return pictures.keySet().stream().sorted().collect(joining(" "));
  }

  private static Map<String, Picture> different(List<Picture> pictures) {
    Map<String, Picture> different = new LinkedHashMap<>();
    for (Picture picture : pictures) {
      different.putIfAbsent(Sha256.of(picture.planes()), picture);
    }
    return different;
  }
}
