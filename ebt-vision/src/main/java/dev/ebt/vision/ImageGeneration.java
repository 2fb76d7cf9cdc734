package dev.ebt.vision;

import static dev.ebt.tensor.Functions.gather;
import static dev.ebt.tensor.Functions.randomNormal;

import dev.ebt.diffusion.NoiseSchedule;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Feature;
import dev.ebt.modality.SetFigures;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.picture.Pictures;
import dev.ebt.vision.quality.GeneratedPictures;
import dev.ebt.vision.quality.RealPictures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a kind that is asked for, out of nothing but noise: the candidate begins as normal
 * numbers, the context is the kind, and many pictures would be right. The loss holds the candidate
 * against one of them, so that an energy learnt by it is lowest at their mean.
 *
 * <p>Parameters: of an energy model {@code label_embedding.weight} [kinds, width], normal, or
 * {@code learned_adaln_condition.weight} [1, width] where no kind is asked for; of a diffusion
 * model {@code y_embedder.embedding_table.weight} [kinds, width], or none.
 */
public final class ImageGeneration implements PictureModality {
  /** The context: the place of the kind among all kinds. */
  public static final String KIND = "kind";

  /** The target: a picture of that kind. */
  public static final String PICTURE = "picture";

  /** The name that this modality and the dataset of a user's own pictures have. */
  static final String NAME = "image-generation";

  private static final double DIFFUSION_DEVIATION = 0.02;
  private static final double WHITE = 255;

  private final GenerationSettings settings;

  /** Pictures of these sizes and kinds. */
  public ImageGeneration(GenerationSettings settings) {
    this.settings = settings;
  }

  /** Sizes and kinds. */
  @Override
  public GenerationSettings settings() {
    return settings;
  }

  @Override
  public PictureSpace space() {
    return settings.space();
  }

  @Override
  public Examples rows(Pictures pictures, int times, long seed) {
    return new KnownPictures(pictures, settings);
  }

  @Override
  public SetFigures setFigures(RealPictures real) {
    return new GeneratedPictures(real, KIND, settings.kinds() > 0);
  }

  @Override
  public String task() {
    return settings.kinds() == 0 ? "" : ", asked for by kind";
  }

  @Override
  public List<Feature> context() {
    return settings.kinds() == 0
        ? List.of()
        : List.of(new Feature(KIND, Shape.scalar(), ElementType.INTEGER));
  }

  @Override
  public Feature target() {
    return new Feature(PICTURE, candidate(), ElementType.REAL);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return randomNormal(key, 0, shape);
  }

  /** One vector for each kind, [rows, width]; if there is none, one for all rows, [1, width]. */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return settings.kinds() == 0
        ? parameters.undecayed(
            "learned_adaln_condition.weight", Shape.of(1, width), Initializer.normal(1))
        : of("label_embedding.weight", 1, context, width, parameters);
  }

  @Override
  public @Nullable Tensor condition(NamedTensors context, int width, Parameters parameters) {
    return settings.kinds() == 0
        ? null
        : of("y_embedder.embedding_table.weight", DIFFUSION_DEVIATION, context, width, parameters);
  }

  private Tensor of(
      String name, double deviation, NamedTensors context, int width, Parameters parameters) {
    Shape table = Shape.of(settings.kinds(), width);
    return gather(
        parameters.undecayed(name, table, Initializer.normal(deviation)), context.get(KIND));
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

  /** {@code mse}: the squared error of values from 0 to 255, from the one picture of the row. */
  @Override
  public Map<String, Tensor> measures(Tensor candidate, Tensor target) {
    return Map.of("mse", space().error(candidate, target).times(WHITE * WHITE));
  }

  /** What a picture's values are like, and what was asked for. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array kind = context.get(KIND);
    return space().describe(values) + (kind == null ? "" : "; of kind " + (long) kind.item());
  }
}
