package dev.ebt.vision;

import static dev.ebt.tensor.Functions.gather;
import static dev.ebt.tensor.Functions.randomNormal;
import static dev.ebt.tensor.Functions.randomUniform;
import static dev.ebt.tensor.Functions.select;

import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.modality.ClassLabel;
import dev.ebt.modality.DistributionMetric;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ImageSource;
import dev.ebt.vision.quality.GenerationMetrics;
import dev.ebt.vision.quality.ReferenceImages;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conditional image generation from noise. The initial candidate is normal noise; the context is a
 * class or a vector, and many images are valid for it. The loss compares the candidate with one of
 * them, so that an energy trained with it is lowest at their mean.
 *
 * <p>A condition vector v, [D], from any frozen encoder of a text or of other conditions, enters a
 * model as c = W·v + b, as the pooled vector of a text does in text-to-image EBT and DiT (arXiv
 * 2507.02092, appendix).
 *
 * <p>With {@code conditionDropout} a share of the rows is trained without its condition: with a
 * class of its own, the last row of the table, or a vector of zeros.
 *
 * <p>Parameters by class: of an energy model {@code label_embedding.weight} [classes, width],
 * normal; of a diffusion model {@code y_embedder.embedding_table.weight} [classes, width]. By
 * vector, of both: W, {@code text_embeddings_projector.weight} [width, D], and b, {@code
 * text_embeddings_projector.bias} [width], as published, uniform within ±1/√D. Unconditional: of an
 * energy model {@code learned_adaln_condition.weight} [1, width]; of a diffusion model none.
 */
public final class ImageGeneration implements ImageModality {
  /** The context feature: the index of the class. */
  public static final String LABEL = "label";

  /** The context feature: the condition vector. */
  public static final String VECTOR = "vector";

  /** The target feature: an image that matches the condition. */
  public static final String IMAGE = "image";

  /** The name of this modality and of the dataset of a user's own images. */
  static final String NAME = "image-generation";

  private static final double DIFFUSION_DEVIATION = 0.02;
  private static final double WHITE = 255;

  /** Apart from the random numbers of objectives and thinking. */
  private static final long DROPOUT_SITE = 1L << 51;

  private final GenerationSettings settings;

  /** Creates the modality. */
  public ImageGeneration(GenerationSettings settings) {
    this.settings = settings;
  }

  /** Returns sizes and conditions. */
  @Override
  public GenerationSettings settings() {
    return settings;
  }

  @Override
  public ImageSpec space() {
    return settings.space();
  }

  @Override
  public Examples rows(ImageSource images, int times, long seed) {
    return new ConditionedImages(images, settings);
  }

  @Override
  public DistributionMetric distributionMetric(ReferenceImages real) {
    return new GenerationMetrics(real, LABEL, settings.classes() > 0);
  }

  @Override
  public String task() {
    if (settings.classes() > 0) {
      return ", class-conditional";
    }
    return settings.conditionDimension() > 0
        ? ", conditioned on vectors of " + settings.conditionDimension()
        : "";
  }

  @Override
  public List<FeatureSpec> context() {
    if (settings.classes() > 0) {
      return List.of(new FeatureSpec(LABEL, Shape.scalar(), ElementType.INTEGER));
    }
    return settings.conditionDimension() > 0
        ? List.of(
            new FeatureSpec(VECTOR, Shape.of(settings.conditionDimension()), ElementType.REAL))
        : List.of();
  }

  @Override
  public Optional<ClassLabel> classLabel() {
    return settings.classes() > 0
        ? Optional.of(new ClassLabel(LABEL, settings.classes()))
        : Optional.empty();
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(IMAGE, candidate(), ElementType.REAL);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return randomNormal(key, 0, shape);
  }

  /** Returns the context without the condition in a share of the rows. */
  @Override
  public NamedTensors trainingContext(NamedTensors context, Tensor key) {
    return withoutCondition(context)
        .map(none -> context.map((name, given) -> dropped(given, none.get(name), key)))
        .orElse(context);
  }

  private Tensor dropped(Tensor given, Tensor none, Tensor key) {
    int[] sizes = given.shape().toIntArray();
    Arrays.fill(sizes, 1, sizes.length, 1);
    Shape rows = Shape.of(sizes);
    Tensor share = Tensor.filled(rows, settings.conditionDropout());
    return select(randomUniform(key, DROPOUT_SITE, rows).less(share), none, given);
  }

  /** Returns a class of its own, or a vector of zeros. */
  @Override
  public Optional<NamedTensors> withoutCondition(NamedTensors context) {
    if (settings.conditionDropout() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        context.map(
            (name, given) ->
                name.equals(LABEL)
                    ? noClass(given.shape())
                    : Tensor.constant(Array.filled(given.shape(), 0))));
  }

  private Tensor noClass(Shape shape) {
    long[] labels = new long[shape.elements()];
    Arrays.fill(labels, settings.classes());
    return Tensor.constant(Array.of(shape, labels));
  }

  /**
   * Returns the embedding of the condition, [rows, width]; if there is none, one for all rows, [1,
   * width].
   */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    Tensor asked = asked("label_embedding.weight", 1, context, width, parameters);
    return asked == null
        ? parameters.undecayed(
            "learned_adaln_condition.weight", Shape.of(1, width), Initializer.normal(1))
        : asked;
  }

  @Override
  public @Nullable Tensor condition(NamedTensors context, int width, Parameters parameters) {
    return asked(
        "y_embedder.embedding_table.weight", DIFFUSION_DEVIATION, context, width, parameters);
  }

  /**
   * Returns the embedding of the condition: the row of a table of classes, or a map of the vector;
   * null if there is none.
   */
  private @Nullable Tensor asked(
      String table, double deviation, NamedTensors context, int width, Parameters parameters) {
    if (settings.classes() > 0) {
      // One more for "no class", as in DiT.
      int rows = settings.classes() + (settings.conditionDropout() > 0 ? 1 : 0);
      Shape shape = Shape.of(rows, width);
      return gather(
          parameters.undecayed(table, shape, Initializer.normal(deviation)), context.get(LABEL));
    }
    return settings.conditionDimension() > 0
        ? mapped(context.get(VECTOR), width, parameters)
        : null;
  }

  /** Returns c = W·v + b: [rows, D] → [rows, width]. */
  private Tensor mapped(Tensor vectors, int width, Parameters parameters) {
    Initializer initializer = Initializer.uniform(1 / Math.sqrt(settings.conditionDimension()));
    Parameters map = parameters.in("text_embeddings_projector");
    Tensor weight =
        map.weight("weight", Shape.of(width, settings.conditionDimension()), initializer);
    Tensor bias = map.undecayed("bias", Shape.of(width), initializer);
    return Linear.apply(vectors, weight).plus(bias);
  }

  @Override
  public int latestTime() {
    return NoiseSchedule.STEPS - 1;
  }

  @Override
  public long[] times(Map<String, Array> context, int rows) {
    long[] times = new long[rows];
    Arrays.fill(times, latestTime());
    return times;
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return space().loss(settings.loss(), candidate, target);
  }

  /**
   * Returns {@code mse}: the squared error of values from 0 to 255 to the one target of the row.
   */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    return Map.of("mse", space().error(candidate, target).times(WHITE * WHITE));
  }

  /** Describes an image's values and its class, if it has one. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array label = context.get(LABEL);
    return space().describe(values) + (label == null ? "" : "; of class " + (long) label.item());
  }
}
