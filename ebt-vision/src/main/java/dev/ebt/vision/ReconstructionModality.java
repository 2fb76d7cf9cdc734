package dev.ebt.vision;

import dev.ebt.error.UserException;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.LatentSpace;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.PartContext;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.encoder.AutoencoderModel;
import dev.ebt.vision.encoder.AutoencoderSettings;
import dev.ebt.vision.encoder.HostEvaluator;
import dev.ebt.vision.encoder.PrincipalComponentSettings;
import dev.ebt.vision.encoder.PrincipalComponents;
import dev.ebt.vision.encoder.TrainedAutoencoder;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.video.ClipModality;
import dev.ebt.vision.video.FrameMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The modality {@code reconstruction}: the prediction of a frame from a few latents, the task of an
 * autoencoder. Context, candidate and target are the same frame, [channels, height, width] with
 * values from −1 to 1; the bottleneck is part of the model.
 */
public final class ReconstructionModality implements ClipModality {
  /** The name of this modality and of the dataset of a user's own clips. */
  public static final String NAME = "reconstruction";

  /** The context feature: a frame. */
  public static final String FRAME = "frame";

  /** The target feature: the same frame. */
  public static final String AGAIN = "again";

  /** The embedding width that selects the raw frame in {@link #embedContext}. */
  public static final int WIDTH = AutoencoderModel.WIDTH;

  /** The stride of validation frames, as neighbouring frames of a clip are much alike. */
  private static final int STRIDE = 5;

  /** The number of frames over which principal components are evaluated. */
  private static final int COMPARED = 256;

  private final AutoencodingSettings settings;

  /** Creates the modality. */
  public ReconstructionModality(AutoencodingSettings settings) {
    this.settings = settings;
  }

  /** Returns sizes, latents and loss. */
  public AutoencodingSettings settings() {
    return settings;
  }

  @Override
  public Shape frame() {
    return settings.space().shape();
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public Examples training(ClipSource clips) {
    return new FrameRows(clips, frame(), 1);
  }

  @Override
  public Examples validation(ClipSource clips) {
    return new FrameRows(clips, frame(), STRIDE);
  }

  @Override
  public String task(ClipSource training, ClipSource validation) {
    return String.format(
        Locale.ROOT,
        "frames reconstructed from %d latents each%s",
        settings.latents(),
        byComponents(training, validation));
  }

  /**
   * Describes how well as many principal components reconstruct, if there are frames to fit them
   * to.
   */
  private String byComponents(ClipSource training, ClipSource validation) {
    if (training.size() == 0) {
      return "";
    }
    LatentSpace space =
        new PrincipalComponents(new PrincipalComponentSettings(settings.latents()), frame());
    try {
      space.fit(training.spread(space.wanted()));
    } catch (UserException e) {
      return "; too few frames to compare with principal components";
    }
    List<float[]> frames = validation.spread(COMPARED);
    float[] again = HostEvaluator.run(x -> space.decode(space.encode(x)), frames).floats();
    double decibels = 0;
    double error = 0;
    for (int i = 0; i < frames.size(); i++) {
      float[] frame = frames.get(i);
      float[] decoded = Arrays.copyOfRange(again, i * frame.length, (i + 1) * frame.length);
      double mse = FrameMetrics.mse(decoded, frame, 0, frame.length);
      error += mse / frames.size();
      decibels += FrameMetrics.psnr(mse) / frames.size();
    }
    return String.format(
        Locale.ROOT,
        "; the same number of principal components gives psnr %.2f, mse %.1f",
        decibels,
        error);
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(FRAME, frame(), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(AGAIN, frame(), ElementType.REAL);
  }

  @Override
  public Shape predictions() {
    return Shape.scalar();
  }

  @Override
  public Shape candidate() {
    return frame();
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return Tensor.zeros(shape);
  }

  /**
   * Returns the frame unchanged: [rows, channels, height, width].
   *
   * @throws UserException if a model asks for an embedding
   */
  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    if (width != WIDTH) {
      throw forAutoencoders();
    }
    return context.get(FRAME);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    throw forAutoencoders();
  }

  /**
   * Returns the autoencoder for the frames of a run's modality.
   *
   * @throws UserException if it is another modality
   */
  static AutoencoderModel autoencoder(AutoencoderSettings settings, PartContext context) {
    if (context.modality() instanceof ReconstructionModality modality) {
      return new AutoencoderModel(
          settings.autoencoder(
              modality.frame(), modality.settings().patch(), modality.settings().latents()));
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "model '%s' is for modality '%s'",
            TrainedAutoencoder.NAME,
            ReconstructionModality.NAME));
  }

  private static UserException forAutoencoders() {
    return new UserException(
        String.format(
            Locale.ROOT,
            "modality '%s' is for model 'autoencoder': a model that sees the whole frame"
                + " would only copy it",
            NAME));
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return hidden;
  }

  /** Returns the mean over all values of a frame. */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return settings.space().loss(settings.loss(), candidate, target);
  }

  /** See {@link ImageSpec#measures}. */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    return settings.space().measures(candidate, target);
  }

  @Override
  public Map<String, Integer> progressMetrics() {
    return Map.of("psnr", 2);
  }

  /** Describes a frame's values and its PSNR to the true one. */
  @Override
  public String describe(Map<String, Array> context, Array values) {
    Array frame = context.get(FRAME);
    if (frame == null) {
      throw new IllegalArgumentException("no context feature " + FRAME);
    }
    float[] truth = frame.floats();
    double error = FrameMetrics.mse(values.floats(), truth, 0, truth.length);
    return String.format(
        Locale.ROOT, "%s; psnr %.2f", settings.space().describe(values), FrameMetrics.psnr(error));
  }
}
