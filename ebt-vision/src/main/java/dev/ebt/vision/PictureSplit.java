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
 * Pictures to learn from and others to be judged by, none of which are equal.
 *
 * @param content says which pictures are on which side: the same for the same split
 */
record PictureSplit(List<Picture> training, List<Picture> validation, String content) {

  /** Learns from all that was not set apart. */
  static PictureSplit asMade(PictureCollection read) {
    Map<String, Picture> judged = different(read.setApart());
    Map<String, Picture> learnt = different(read.pictures());
    learnt.keySet().removeAll(judged.keySet());
    return of(learnt, judged);
  }

  /**
   * Sets a share apart, chosen by content.
   *
   * @throws UserException if no picture would be left to learn from
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
