package dev.ebt.vision.video;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.PathSetting;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.store.Sha256;
import dev.ebt.vision.image.Clip;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageStore;
import dev.ebt.vision.procedural.BouncingShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A dataset of training and validation clips as rows of a modality. */
public final class VideoDataset implements Dataset, AutoCloseable {
  private final String source;
  private final String fingerprint;
  private final ClipModality modality;
  private final ClipSource trainingClips;
  private final ClipSource validationClips;
  private final Examples training;
  private final Examples validation;
  private final Runnable release;

  private VideoDataset(
      String source,
      String content,
      ClipSource trainingClips,
      ClipSource validationClips,
      ClipModality modality,
      Runnable release) {
    this.release = release;
    this.source = source;
    this.fingerprint =
        Sha256.of(
            String.format(Locale.ROOT, "%s; %s, %d", content, modality.frame(), modality.frames()));
    this.modality = modality;
    this.trainingClips = trainingClips;
    this.validationClips = validationClips;
    this.training = modality.training(trainingClips);
    this.validation = modality.validation(validationClips);
  }

  /** Creates a dataset of built-in clips. */
  public static VideoDataset bouncing(BouncingDatasetSettings data, ClipModality modality) {
    if (data.length() < modality.frames()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "data.length is %d; at least the %d frames of a window (modality.frames) expected",
              data.length(),
              modality.frames()));
    }
    BouncingShapes.Scene scene =
        new BouncingShapes.Scene(
            data.length(),
            data.shapes(),
            modality.frame().size(0),
            modality.frame().size(1),
            data.seed());
    return new VideoDataset(
        String.format(
            Locale.ROOT,
            "built-in bouncing shapes: %,d clips of %d frames for training, %,d for validation",
            data.clips(),
            data.length(),
            data.validationClips()),
        String.format(Locale.ROOT, "bouncing %d %s", BouncingShapes.VERSION, data),
        BouncingShapes.training(data.clips(), scene),
        BouncingShapes.validation(data.validationClips(), scene),
        modality,
        () -> {});
  }

  /**
   * Creates a dataset of a user's own clips, split by content: equal clips are on the same side.
   */
  public static VideoDataset own(
      ClipDatasetSettings data, ClipModality modality, ProgressListener progress) {
    ImageStore store = new ImageStore(modality.frame().size(0), modality.frame().size(1));
    try {
      return own(
          data,
          modality,
          store,
          LoadedClips.read(
              PathSetting.of("data.path", data.path()), data, modality.frames(), store, progress));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static VideoDataset own(
      ClipDatasetSettings data, ClipModality modality, ImageStore store, LoadedClips read) {
    Map<String, Clip> setApart = different(read.setApart());
    Map<String, Clip> others = different(read.clips());
    others.keySet().removeAll(setApart.keySet());
    List<Clip> all = List.copyOf(others.values());
    ClipSplit split =
        setApart.isEmpty()
            ? ClipSplit.of(all, data, modality.frames())
            : ClipSplit.setApart(all, List.copyOf(setApart.values()));
    ClipSource trainingClips = ClipSource.of(split.training(), read.classes());
    int same = read.clips().size() + read.setApart().size() - others.size() - setApart.size();
    return new VideoDataset(
        String.format(
            Locale.ROOT,
            "%s: %s%s%s%s%s%s",
            data.path(),
            split.words(),
            data.augment() ? ", mirrored and backwards too" : "",
            same == 0 ? "" : String.format(Locale.ROOT, ", %,d duplicates removed", same),
            read.skipped().isEmpty()
                ? ""
                : String.format(
                    Locale.ROOT, ", %,d skipped: %s", read.skipped().size(), read.complaints()),
            read.remarks().stream().map(remark -> ", " + remark).collect(joining()),
            store.place(", ")),
        content(setApart.keySet(), others.keySet(), split, data),
        data.augment() ? new VariedClips(trainingClips, modality.frame().size(2)) : trainingClips,
        ClipSource.of(split.validation(), read.classes()),
        modality,
        store::close);
  }

  /**
   * Returns what identifies the clips of each side; with a split by folders, validation clips come
   * first.
   */
  private static String content(
      Set<String> setApart, Set<String> others, ClipSplit split, ClipDatasetSettings data) {
    String all = Stream.of(setApart, others).flatMap(Set::stream).collect(joining(" "));
    return String.format(
        Locale.ROOT,
        "%s %d%s%s%s",
        all,
        split.validation().size(),
        setApart.isEmpty() ? "" : ", set apart",
        split.inTime() ? " in time, " + data.validation() : "",
        data.augment() ? " augmented" : "");
  }

  private static Map<String, Clip> different(List<Clip> clips) {
    Map<String, Clip> different = new TreeMap<>();
    clips.forEach(clip -> different.putIfAbsent(hash(clip), clip));
    return different;
  }

  private static String hash(Clip clip) {
    StringBuilder hashes = new StringBuilder();
    clip.frames().forEach(frame -> hashes.append(Sha256.of(Image.planes(frame))));
    return Sha256.of(hashes.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Describes sizes and the task. */
  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s; %dx%d, %s, values -1 to 1; %s",
        source,
        modality.frame().size(1),
        modality.frame().size(1),
        modality.frame().size(0) == 1 ? "grey" : "colour",
        modality.task(trainingClips, validationClips));
  }

  @Override
  public void close() {
    release.run();
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public Examples training() {
    return training;
  }

  @Override
  public Examples validation() {
    return validation;
  }

  @Override
  public Optional<NaiveBaseline> naiveBaseline(int rows) {
    return modality.naiveBaseline(validation, rows);
  }

  /** Returns the whole validation clips. */
  public ClipSource validationClips() {
    return validationClips;
  }
}
