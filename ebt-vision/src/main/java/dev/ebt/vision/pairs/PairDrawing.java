package dev.ebt.vision.pairs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.regularize.Regularizer;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of noise and image, each a function of the seed and its number. The context of a pair is
 * that of a random training row. Of most pairs the noise is drawn and the image is what thinking
 * makes of it; of the others the image is that of the row, and the noise is computed by {@link
 * ReversedFlow} (inversion).
 */
public final class PairDrawing implements AutoCloseable {
  private static final double HALF_RANGE = 127.5;

  /** Separates the random numbers of pairs from those of other purposes. */
  private static final long SITE = 0x7061697273L;

  private final Examples real;
  private final Shape candidate;
  private final double inverted;
  private final double tolerance;
  private final int steps;
  private final long key;
  private final int together;
  private final int invertedTogether;
  private final Thinker thinker;
  private final @Nullable ReversedFlow reversed;
  private final Map<String, String> origin;

  /**
   * Prepares thinking.
   *
   * @param inverted the share of pairs whose image is real
   * @throws UserException if the model does not think from noise to an image, or thinking is random
   */
  public PairDrawing(TrainedModel model, CommonOptions common, double inverted) {
    RunParts parts = model.parts();
    check(parts);
    this.real = parts.dataset().training();
    this.candidate = parts.modality().candidate();
    this.inverted = inverted;
    this.tolerance = common.tolerance();
    this.steps = common.onlySteps();
    this.key = Philox.key(common.seed(), SITE);
    // So that the pairs of a file are one batch of each kind.
    this.invertedTogether = (int) Math.ceil(PairFolder.ROWS * inverted);
    this.together = (int) Math.ceil(PairFolder.ROWS * (1 - inverted));
    this.reversed = inverted > 0 ? ReversedFlow.of(parts, invertedTogether) : null;
    this.origin = origin(model, common);
    this.thinker = thinker(parts);
  }

  private Thinker thinker(RunParts parts) {
    try {
      return parts.thinker(together);
    } catch (RuntimeException | Error e) {
      if (reversed != null) {
        reversed.close();
      }
      throw e;
    }
  }

  private static void check(RunParts parts) {
    String name = parts.configuration().model().name();
    if (!parts.thinks()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--pairs stores what thinking makes of noise, and model '%s' has no energy to think"
                  + " with; a run of recipe generate expected",
              name));
    }
    if (parts.regularizers().stream().anyMatch(Regularizer::inEvaluation)) {
      throw new UserException(
          "--pairs needs images that are a function of their noise, and a regularizer of this run"
              + " changes thinking in evaluation; add --set regularizers=[]");
    }
  }

  private Map<String, String> origin(TrainedModel model, CommonOptions common) {
    RunParts parts = model.parts();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", String.valueOf(common.seed()));
    facts.put("steps", String.valueOf(steps));
    facts.put("tolerance", String.valueOf(tolerance));
    facts.put("inverted", String.valueOf(inverted));
    facts.put("thinking", parts.configuration().thinking().toString());
    facts.put("model", model.progress().configuration() + " at update " + model.progress().step());
    facts.put("weights", model.weightsId());
    try {
      facts.put(
          PairFolder.DATA, new ObjectMapper().writeValueAsString(parts.configuration().data()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // It was read from such text.
    }
    return facts;
  }

  /** Returns how the pairs are drawn, as metadata of their files. */
  public Map<String, String> origin() {
    return origin;
  }

  /** Returns how many of the first pairs have a real image: they are spread evenly. */
  public int invertedBefore(int count) {
    return (int) Math.floor(count * inverted + 1e-9);
  }

  private boolean isInverted(int number) {
    return invertedBefore(number + 1) > invertedBefore(number);
  }

  /** Returns the tensors of consecutive pairs by name, see {@link PairFolder}. */
  public Map<String, Array> pairs(int first, int count) {
    int[] rows = IntStream.range(first, first + count).map(this::row).toArray();
    Batch batch = real.batch(rows);
    float[] noise = noise(first, count).floats();
    float[] images = batch.target().floats().clone();
    for (int[] part : parts(count, together, i -> !isInverted(first + i))) {
      Batch chosen = batch.ordered(part);
      Array thought = think(chosen, Array.of(shape(count), noise).rows(part));
      put(thought, part, images);
    }
    for (int[] part : parts(count, invertedTogether, i -> isInverted(first + i))) {
      put(invert(batch.ordered(part), Array.of(shape(count), noise).rows(part)), part, noise);
    }
    double[] flags =
        IntStream.range(0, count).mapToDouble(i -> isInverted(first + i) ? 1 : 0).toArray();
    Map<String, Array> tensors = new LinkedHashMap<>(batch.context());
    tensors.put(PairFolder.NOISE, Array.of(shape(count), noise));
    tensors.put(PairFolder.IMAGE, Array.of(shape(count), images));
    tensors.put(PairFolder.INVERTED, Array.of(Shape.of(count), flags));
    return tensors;
  }

  /**
   * Returns two metrics of the first inverted pairs: the mean square of the noise, which is 1 of
   * drawn noise, and the mean squared error, of values from 0 to 255, of what thinking makes of it
   * again. Empty if no pair is inverted.
   */
  public Map<String, Object> describeInverted(int count) {
    int[] numbers =
        IntStream.range(0, count)
            .filter(this::isInverted)
            .limit(Math.min(together, invertedTogether))
            .toArray();
    if (numbers.length == 0) {
      return Map.of();
    }
    Batch batch = real.batch(Arrays.stream(numbers).map(this::row).toArray());
    Array drawn =
        Arrays.stream(numbers).mapToObj(n -> noise(n, 1)).reduce(Array::concat).orElseThrow();
    Array noise = invert(batch, drawn);
    Array again = think(batch, noise);
    double square = 0;
    double error = 0;
    int elements = noise.shape().elements();
    for (int i = 0; i < elements; i++) {
      square += Math.pow(noise.real(i), 2) / elements;
      error += Math.pow((again.real(i) - batch.target().real(i)) * HALF_RANGE, 2) / elements;
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("noiseSquare", square);
    found.put("restoredMse", error);
    return found;
  }

  private Shape shape(int rows) {
    return Shape.of(rows).plus(candidate.toIntArray());
  }

  /** Returns the training row of a pair. */
  private int row(int number) {
    return Philox.generator(key, number).nextInt(real.size());
  }

  private Array noise(int first, int count) {
    int values = candidate.elements();
    double[] all = new double[count * values];
    for (int i = 0; i < count; i++) {
      System.arraycopy(Philox.normal(key, first + i, values), 0, all, i * values, values);
    }
    return Array.of(shape(count), all);
  }

  /** Returns the indices with a property, in parts of at most {@code size}. */
  private static List<int[]> parts(int count, int size, IntPredicate chosen) {
    int[] all = IntStream.range(0, count).filter(chosen).toArray();
    if (all.length == 0) {
      return List.of();
    }
    return IntStream.range(0, (all.length + size - 1) / size)
        .mapToObj(
            part -> Arrays.copyOfRange(all, part * size, Math.min(all.length, (part + 1) * size)))
        .toList();
  }

  private Array think(Batch batch, Array noise) {
    int rows = noise.shape().size(0);
    thinker.observe(padded(batch, together).context());
    thinker.begin(padded(noise, together));
    thinker.reach(steps, tolerance);
    return thinker.candidate().slice(0, rows);
  }

  private Array invert(Batch batch, Array noise) {
    if (reversed == null) {
      throw new IllegalStateException("no pair is inverted");
    }
    int rows = noise.shape().size(0);
    Batch padded = padded(batch, invertedTogether);
    return reversed
        .noise(padded.context(), padded.target(), padded(noise, invertedTogether))
        .slice(0, rows);
  }

  private static Batch padded(Batch batch, int size) {
    return batch.ordered(padding(batch.rows(), size));
  }

  private static Array padded(Array rows, int size) {
    return rows.rows(padding(rows.shape().size(0), size));
  }

  private static int[] padding(int rows, int size) {
    return IntStream.range(0, size).map(i -> Math.min(i, rows - 1)).toArray();
  }

  private static void put(Array rows, int[] at, float[] all) {
    float[] values = rows.floats();
    int each = values.length / at.length;
    for (int i = 0; i < at.length; i++) {
      System.arraycopy(values, i * each, all, at[i] * each, each);
    }
  }

  @Override
  public void close() {
    thinker.close();
    if (reversed != null) {
      reversed.close();
    }
  }
}
