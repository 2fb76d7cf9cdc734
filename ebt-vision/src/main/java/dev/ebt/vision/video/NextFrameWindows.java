package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.vision.image.ClipSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The windows of clips that the prediction of the next frame trains and validates on, and their
 * description.
 */
final class NextFrameWindows {
  /**
   * The least number of validation windows without overlap; fewer say too little, so that
   * overlapping ones are better.
   */
  private static final int FEW = 64;

  /** The greatest number of windows over which a description scores repeating the last frame. */
  private static final int DESCRIBED = 256;

  private final VideoSettings settings;
  private final FrameCodec codec;

  /** The description of the clips described last: it takes encoding of frames. */
  private volatile @Nullable Described described;

  private record Described(ClipSource validation, String task) {}

  NextFrameWindows(VideoSettings settings, FrameCodec codec) {
    this.settings = settings;
    this.codec = codec;
  }

  /** Returns windows at a stride of one frame, and fits the codec to them. */
  Examples training(ClipSource clips) {
    ClipWindows windows = windows(clips, 1);
    if (windows.size() > 0) {
      codec.fit(clips, windows);
      refitted();
    }
    return windows;
  }

  /**
   * Returns windows that have no frame in common or, where these are few, windows at a stride of
   * one frame.
   */
  Examples validation(ClipSource clips) {
    ClipWindows apart = windows(clips, settings.frames());
    return apart.size() < FEW ? windows(clips, 1) : apart;
  }

  private ClipWindows windows(ClipSource clips, int stride) {
    int values = settings.values();
    return new ClipWindows(clips, settings, stride, codec.targetSize(values) > values);
  }

  /** Returns a description of the task, with the scores of repeating the last frame. */
  String task(ClipSource validation) {
    Described known = described;
    if (known == null || known.validation != validation) {
      known = new Described(validation, task(validation(validation)));
      described = known;
    }
    return known.task;
  }

  private String task(Examples windows) {
    CopyLastFrame repeated = CopyLastFrame.over(windows, settings.values(), DESCRIBED);
    String encoded = codec.ready() ? EncoderError.over(windows, codec, settings.values()) : "";
    return String.format(
        Locale.ROOT,
        "windows of %d frames, predicted as %s%s; repeating the last frame gives psnr %.2f, mse %.1f",
        settings.frames(),
        codec.description(),
        encoded,
        repeated.psnr(),
        repeated.mse());
  }

  /** Returns the baseline that repeats the last frame, over a number of windows. */
  NaiveBaseline repeatingTheLastFrame(Examples windows, int rows) {
    double psnr = CopyLastFrame.over(windows, settings.values(), rows).psnr();
    return new NaiveBaseline("repeating the last frame", "psnr", psnr, true);
  }

  /** Discards the description: the codec has other fitted values now. */
  void refitted() {
    described = null;
  }
}
