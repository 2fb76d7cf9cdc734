package dev.ebt.vision.encoder;

import dev.ebt.error.UserException;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Principal components (Pearson, 1901): z = (x − m) Wᵀ / s and back x = m + s z W, with m the mean
 * of the training frames and the rows of W the orthonormal directions of greatest variance. One s
 * for all makes the variance of z 1 on average, and keeps distances in proportion.
 */
public final class PrincipalComponents implements LatentSpace {
  private static final String MEAN = "encoder.mean";
  private static final String DIRECTIONS = "encoder.directions";
  private static final String SCALE = "encoder.scale";

  /** The number of frames to fit to; more make little difference, at cubic cost. */
  private static final int MOST_FRAMES = 512;

  /** The share of the greatest variance below which a direction is due to rounding. */
  private static final double LEAST_SHARE = 1e-9;

  private final int components;
  private final int values;
  private Map<String, Array> fitted = Map.of();
  private @Nullable Double explained;

  /**
   * Creates an encoder of frames [channels, height, width].
   *
   * @throws UserException if a frame has fewer values than there are components
   */
  public PrincipalComponents(PrincipalComponentSettings settings, Shape frame) {
    this.components = settings.components();
    this.values = frame.elements();
    if (components > values) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.encoder.components is %d; 1 to %d, the values of a frame, expected",
              components,
              values));
    }
  }

  @Override
  public int size() {
    return components;
  }

  @Override
  public int wanted() {
    return MOST_FRAMES;
  }

  @Override
  public Tensor encode(Tensor frames) {
    Tensor centred = rows(frames, values).minus(part(MEAN));
    return Functions.matMul(centred, false, part(DIRECTIONS), true)
        .times(1 / scale())
        .reshape(frames.shape().with(-1, components));
  }

  @Override
  public Tensor decode(Tensor latents) {
    return Functions.matMul(rows(latents, components), part(DIRECTIONS))
        .times(scale())
        .plus(part(MEAN))
        .reshape(latents.shape().with(-1, values));
  }

  private static Tensor rows(Tensor x, int width) {
    return x.reshape(x.shape().elements() / width, width);
  }

  private Tensor part(String name) {
    return Tensor.constant(array(name));
  }

  private double scale() {
    return array(SCALE).item();
  }

  private Array array(String name) {
    Array array = fitted.get(name);
    if (array == null) {
      throw new IllegalStateException("principal components are used before they are fitted");
    }
    return array;
  }

  /**
   * Fits by the eigenvectors of the Gram matrix of the frames or, if that is larger, of their
   * values' products.
   */
  @Override
  public void fit(List<float[]> frames) {
    if (!fitted.isEmpty()) {
      return;
    }
    double[] mean = mean(frames);
    double[][] centred = new double[frames.size()][values];
    for (int i = 0; i < centred.length; i++) {
      for (int j = 0; j < values; j++) {
        centred[i][j] = frames.get(i)[j] - mean[j];
      }
    }
    RealMatrix x = MatrixUtils.createRealMatrix(centred);
    boolean fewer = centred.length < values;
    RealMatrix products = fewer ? x.multiplyTransposed(x) : x.transposeMultiply(x);
    Eigenvectors eigen = Eigenvectors.of(products);
    double[] spread = eigen.values();
    long found = Arrays.stream(spread).filter(v -> v > LEAST_SHARE * spread[0]).count();
    if (found < components) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.encoder.components is %d, but %d frames differ in %d directions only; fewer components, or more data, expected",
              components,
              frames.size(),
              found));
    }
    double total = Arrays.stream(spread).sum();
    double[] first = Arrays.copyOf(spread, components);
    double sum = Arrays.stream(first).sum();
    double[] directions = new double[components * values];
    for (int i = 0; i < components; i++) {
      double[] vector = eigen.vectors().getColumn(i);
      double[] direction = fewer ? x.preMultiply(vector) : vector;
      copy(direction, fewer ? 1 / Math.sqrt(spread[i]) : 1, directions, i * values);
    }
    explained = sum / total;
    fitted =
        Map.of(
            MEAN, single(Shape.of(values), mean),
            DIRECTIONS, single(Shape.of(components, values), directions),
            SCALE, single(Shape.of(1), Math.sqrt(sum / components / frames.size())));
  }

  private double[] mean(List<float[]> frames) {
    double[] mean = new double[values];
    for (float[] frame : frames) {
      for (int j = 0; j < values; j++) {
        mean[j] += frame[j] / (double) frames.size();
      }
    }
    return mean;
  }

  /**
   * Copies a direction, with the sign, which an eigenvector leaves open, such that the element of
   * greatest magnitude is positive.
   */
  private void copy(double[] direction, double factor, double[] to, int at) {
    int greatest =
        IntStream.range(0, values)
            .reduce((a, b) -> Math.abs(direction[b]) > Math.abs(direction[a]) ? b : a)
            .orElseThrow();
    double signed = direction[greatest] < 0 ? -factor : factor;
    for (int j = 0; j < values; j++) {
      to[at + j] = signed * direction[j];
    }
  }

  /**
   * Returns values in the precision of the file, so that a model is the same before and after
   * storing.
   */
  private static Array single(Shape shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Array.of(shape, floats);
  }

  @Override
  public String description() {
    return explained == null
        ? fingerprint()
        : String.format(
            Locale.ROOT, "%s, with %.1f %% of the variance", fingerprint(), 100 * explained);
  }

  @Override
  public String fingerprint() {
    return components + " principal components";
  }

  @Override
  public Map<String, Array> fitted() {
    return fitted;
  }

  @Override
  public Map<String, Shape> fittedShapes() {
    return Map.of(
        MEAN, Shape.of(values), DIRECTIONS, Shape.of(components, values), SCALE, Shape.of(1));
  }

  @Override
  public void restore(Map<String, Array> values) {
    fitted = Map.copyOf(values);
    explained = null;
  }
}
