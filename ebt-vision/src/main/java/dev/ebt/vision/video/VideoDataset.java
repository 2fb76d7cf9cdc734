package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.store.Sha256;
import dev.ebt.vision.procedural.BouncingShapes;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Clips to learn from, and others to be judged by, as windows. */
public final class VideoDataset implements Dataset {
  /** So many windows tell how good it is to repeat the last frame. */
  private static final int REPEATED = 256;

  private final String source;
  private final String fingerprint;
  private final NextFrame modality;
  private final ClipWindows training;
  private final ClipWindows validation;

  private VideoDataset(
      String source, String content, Clips training, Clips validation, NextFrame modality) {
    VideoSettings settings = modality.settings();
    this.source = source;
    this.fingerprint = Sha256.of("%s; %s".formatted(content, settings));
    this.modality = modality;
    this.training = new ClipWindows(training, settings, 1);
    this.validation = new ClipWindows(validation, settings, settings.frames());
    if (training.size() > 0) {
      modality.space().fit(spread(training, modality.space().wanted()));
    }
  }

  /** Built-in clips. */
  public static VideoDataset bouncing(BouncingData data, NextFrame modality) {
    VideoSettings settings = modality.settings();
    if (data.length() < settings.frames()) {
      throw new UserException(
          "data.length is %d; at least the %d frames of a window (modality.frames) expected"
              .formatted(data.length(), settings.frames()));
    }
    BouncingShapes.Scene scene =
        new BouncingShapes.Scene(
            data.length(), data.shapes(), settings.channels(), settings.size(), data.seed());
    return new VideoDataset(
        String.format(
            Locale.ROOT,
            "built-in bouncing shapes: %,d clips of %d frames to learn from, %,d to be judged by",
            data.clips(),
            data.length(),
            data.validationClips()),
        "bouncing %d %s".formatted(BouncingShapes.VERSION, data),
        BouncingShapes.training(data.clips(), scene),
        BouncingShapes.validation(data.validationClips(), scene),
        modality);
  }

  /** A user's own clips, split by what is in them: equal clips are on one side. */
  public static VideoDataset own(ClipData data, NextFrame modality) {
    VideoSettings settings = modality.settings();
    ClipCollection read = ClipCollection.read(path(data.path()), data, settings);
    Map<String, Clip> different = new TreeMap<>();
    read.clips().forEach(clip -> different.putIfAbsent(hash(clip), clip));
    List<Clip> all = List.copyOf(different.values());
    int judged = (int) Math.max(1, Math.round(data.validation() * all.size()));
    if (judged == all.size() && data.validation() < 1) {
      throw new UserException(
          "%s has %d different clip%s: too few to learn from some and be judged by others"
              .formatted(data.path(), all.size(), all.size() == 1 ? "" : "s"));
    }
    int same = read.clips().size() - all.size();
    return new VideoDataset(
        String.format(
            Locale.ROOT,
            "%s: %,d clip%s to learn from, %,d to be judged by%s%s",
            data.path(),
            all.size() - judged,
            all.size() - judged == 1 ? "" : "s",
            judged,
            same == 0 ? "" : ", %,d left out as copies of others".formatted(same),
            read.skipped().isEmpty()
                ? ""
                : ", %,d skipped: %s".formatted(read.skipped().size(), read.complaints())),
        "%s %d".formatted(String.join(" ", different.keySet()), judged),
        Clips.of(all.subList(judged, all.size()), read.kinds()),
        Clips.of(all.subList(0, judged), read.kinds()),
        modality);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is no path: " + e.getReason(), e);
    }
  }

  private static String hash(Clip clip) {
    StringBuilder hashes = new StringBuilder();
    clip.frames().forEach(frame -> hashes.append(Sha256.of(frame)));
    return Sha256.of(hashes.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Frames from all over the clips, so many at most. */
  private static List<float[]> spread(Clips clips, int wanted) {
    long total = 0;
    for (int clip = 0; clip < clips.size(); clip++) {
      total += clips.length(clip);
    }
    List<float[]> frames = new ArrayList<>();
    long seen = 0;
    for (int clip = 0; clip < clips.size(); clip++) {
      for (int time = 0; time < clips.length(clip); time++, seen++) {
        if (frames.size() < wanted && seen * wanted >= frames.size() * total) {
          frames.add(clips.values(clip, time));
        }
      }
    }
    return frames;
  }

  /** Sizes, the encoder, and what there is to gain over a frame like the last one. */
  @Override
  public String description() {
    VideoSettings settings = modality.settings();
    return String.format(
        Locale.ROOT,
        "%s; %dx%d, %s, values -1 to 1; windows of %d frames, predicted as %s; repeating the last frame gives psnr %.2f, mse %.1f",
        source,
        settings.size(),
        settings.size(),
        settings.channels() == 1 ? "grey" : "colour",
        settings.frames(),
        modality.space().description(),
        repeated(true),
        repeated(false));
  }

  /** Mean over frames of psnr or mse, if each is predicted to be as the one before it. */
  private double repeated(boolean decibels) {
    int windows = Math.min(REPEATED, validation.size());
    double sum = 0;
    int count = 0;
    for (int row = 0; row < windows; row++) {
      Batch batch = validation.batch(row);
      float[] last = batch.context().get(NextFrame.FRAMES).floats();
      float[] next = batch.target().floats();
      int values = modality.settings().values();
      for (int at = 0; at < last.length; at += values, count++) {
        double error = FrameError.mse(last, next, at, values);
        sum += decibels ? FrameError.psnr(error) : error;
      }
    }
    return sum / count;
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

  /** The whole clips to be judged by. */
  public Clips judged() {
    return validation.clips();
  }
}
