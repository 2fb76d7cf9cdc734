package dev.ebt.vision.video;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.encoder.HostEvaluator;
import dev.ebt.vision.image.ClipSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Candidates that are the residual of a linear extrapolation to the next frame, in units of how
 * much the window has changed so far: y = encode((x' − x − a d) / s), d being the last change. So
 * zeros stand for the last frame plus a share a of the change that led to it, an encoder's error
 * affects the residual only, and a clip that moves little looks like one that moves much (instance
 * normalisation that is undone at the end: Kim et al., "Reversible Instance Normalization", 2022).
 * The number a is fitted to the training data by least squares.
 *
 * <p>s² at a frame is the mean square of the changes up to it; that of the training data is its
 * initial value and keeps the weight of a hundredth of one change.
 */
final class FrameChanges implements FrameCodec {
  private static final String SCALE = "residual.scale";
  private static final String SHARE = "residual.share";
  private static final double PRIOR = 0.01;

  private final LatentSpace space;
  private Map<String, Array> numbers = Map.of();

  /** Creates a codec of changes with a space that is fitted to changes. */
  FrameChanges(LatentSpace space) {
    this.space = space;
  }

  @Override
  public LatentSpace space() {
    return space;
  }

  @Override
  public Tensor observe(Tensor frames) {
    Tensor changes = changes(frames);
    return space.encode(changes.divide(scales(changes)));
  }

  /** Returns false: a change is that from the frame before, in units of all changes before. */
  @Override
  public boolean observesElementwise() {
    return false;
  }

  @Override
  public Tensor encode(Tensor target) {
    int values = target.shape().size(-1) / 2;
    Tensor last = target.slice(2, values, values);
    Tensor before = changes(last);
    Tensor residual = target.slice(2, 0, values).minus(last).minus(before.times(share()));
    return space.encode(residual.divide(scales(before)));
  }

  @Override
  public Tensor decode(Tensor candidates, Tensor frames) {
    Tensor before = changes(frames);
    return space.decode(candidates).times(scales(before)).plus(frames).plus(before.times(share()));
  }

  /** Returns the changes from the previous frame; zeros for the first: [rows, length, values]. */
  private static Tensor changes(Tensor frames) {
    int length = frames.shape().size(1);
    Tensor before = Functions.concat(1, frames.slice(1, 0, 1), frames.slice(1, 0, length - 1));
    return frames.minus(before);
  }

  /** Returns the scale s of the changes so far: [rows, length, 1]. */
  private Tensor scales(Tensor changes) {
    int length = changes.shape().size(1);
    float[] until = new float[length * length];
    float[] shares = new float[length];
    for (int t = 0; t < length; t++) {
      shares[t] = (float) (1 / (t + PRIOR));
      for (int j = 0; j <= t; j++) {
        until[j * length + t] = 1;
      }
    }
    Tensor sums =
        Functions.matMul(
            changes.square().mean(-1), Tensor.constant(Array.of(Shape.of(length, length), until)));
    double prior = PRIOR * Math.pow(unit(), 2);
    Tensor squares = sums.plus(prior).times(Tensor.constant(Array.of(Shape.of(length), shares)));
    return Functions.sqrt(squares).reshape(changes.shape().with(2, 1));
  }

  private double unit() {
    return number(SCALE);
  }

  private double share() {
    return number(SHARE);
  }

  private double number(String name) {
    Array number = numbers.get(name);
    if (number == null) {
      throw new IllegalStateException("changes are used before their encoder is fitted");
    }
    return number.item();
  }

  @Override
  public int targetSize(int values) {
    return 2 * values;
  }

  @Override
  public void fit(ClipSource clips, Examples windows) {
    if (!numbers.isEmpty()) {
      return;
    }
    List<Tensor> frames = windows(windows);
    double squares = 0;
    int count = 0;
    for (Tensor window : frames) {
      float[] changes = HostEvaluator.value(changes(window)).floats();
      int values = window.shape().size(2);
      for (int i = values; i < changes.length; i++, count++) {
        squares += Math.pow(changes[i], 2);
      }
    }
    double unit = Math.sqrt(squares / Math.max(1, count));
    if (!(unit > 0)) {
      throw new UserException(
          "modality.residual is true, but no frame of the clips for training differs from the one before it; clips that move expected");
    }
    numbers = Map.of(SCALE, single(unit), SHARE, single(0));
    numbers = Map.of(SCALE, single(unit), SHARE, single(share(frames)));
    if (space.wanted() > 0) {
      space.fit(scaled(frames));
    }
  }

  private static Array single(double number) {
    return Array.of(Shape.of(1), new float[] {(float) number});
  }

  /**
   * Returns the share a of a change that repeats, by least squares in units of the changes before;
   * 0 if windows are too short for two changes.
   */
  private double share(List<Tensor> windows) {
    double products = 0;
    double squares = 0;
    for (Tensor window : windows) {
      int length = window.shape().size(1);
      if (length < 3) {
        return 0;
      }
      Tensor changes = changes(window);
      Tensor next = changes.slice(1, 2, length - 2);
      Tensor last = changes.slice(1, 1, length - 2);
      Tensor weight = scales(changes).slice(1, 1, length - 2).square();
      products += HostEvaluator.value(next.times(last).divide(weight).sum()).item();
      squares += HostEvaluator.value(last.square().divide(weight).sum()).item();
    }
    return squares > 0 ? products / squares : 0;
  }

  /**
   * Returns windows spread over the data, enough for the number of samples that the space can use.
   */
  private List<Tensor> windows(Examples windows) {
    List<Tensor> frames = new ArrayList<>();
    int length = Required.of(windows.batch(0).context(), NextFrameModality.FRAMES).shape().size(1);
    int wanted = Math.max(64, space.wanted() / Math.max(1, length - 1) + 1);
    int taken = Math.min(wanted, windows.size());
    for (int i = 0; i < taken; i++) {
      Batch batch = windows.batch((int) ((long) i * windows.size() / taken));
      frames.add(Tensor.constant(Required.of(batch.context(), NextFrameModality.FRAMES)));
    }
    return frames;
  }

  /**
   * Returns the changes of windows except the first, which is zero, each in units of those before.
   */
  private List<float[]> scaled(List<Tensor> windows) {
    List<float[]> all = new ArrayList<>();
    for (Tensor window : windows) {
      Tensor changes = changes(window);
      float[] values = HostEvaluator.value(changes.divide(scales(changes))).floats();
      int size = window.shape().size(2);
      for (int at = size; at < values.length && all.size() < space.wanted(); at += size) {
        all.add(java.util.Arrays.copyOfRange(values, at, at + size));
      }
    }
    return all;
  }

  @Override
  public String description() {
    return "changes from the last frame as " + space.description();
  }

  @Override
  public String fingerprint() {
    return "changes as " + space.fingerprint();
  }

  @Override
  public Map<String, Shape> fittedShapes() {
    Map<String, Shape> shapes = new HashMap<>(space.fittedShapes());
    shapes.put(SCALE, Shape.of(1));
    shapes.put(SHARE, Shape.of(1));
    return shapes;
  }

  @Override
  public Map<String, Array> fitted() {
    Map<String, Array> fitted = new HashMap<>(space.fitted());
    fitted.putAll(numbers);
    return fitted;
  }

  @Override
  public void restore(Map<String, Array> fitted) {
    Map<String, Array> ofSpace = new HashMap<>(fitted);
    Array unit = ofSpace.remove(SCALE);
    Array share = ofSpace.remove(SHARE);
    numbers = unit == null || share == null ? Map.of() : Map.of(SCALE, unit, SHARE, share);
    space.restore(ofSpace);
  }
}
