package dev.ebt.vision.video;

import static dev.ebt.tensor.Functions.clamp;
import static java.util.Objects.requireNonNullElse;

import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Fittable;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.LatentSpace;
import dev.ebt.modality.NaiveBaseline;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.RegressionErrors;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ClipSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Prediction of each frame of a clip from those before it. A candidate is an encoded frame, one for
 * every position of a window. Frames are [channels · height · width] with values from −1 to 1.
 */
public final class NextFrameModality implements ClipModality, Fittable {
  /** The name of this modality and of the dataset of a user's own clips. */
  public static final String NAME = "video";

  /** The context feature: the frames of a window except the last. */
  public static final String FRAMES = "frames";

  /** The target feature: the next frame for each of them. */
  public static final String NEXT = "next";

  /** Separates the initial noise from other draws of one key. */
  private static final long INITIAL_SITE = 0x766964656FL;

  private static final double WHITE = 255;

  private final VideoSettings settings;
  private final FrameCodec codec;
  private final NextFrameWindows windows;

  /** Creates the modality for frames of one size in the space of an encoder. */
  public NextFrameModality(VideoSettings settings, LatentEncoder encoder) {
    this.settings = settings;
    LatentSpace space = encoder.of(settings.frame());
    this.codec = settings.residual() ? new FrameChanges(space) : new WholeFrames(space);
    this.windows = new NextFrameWindows(settings, codec);
  }

  /** Returns sizes and the initial candidate. */
  public VideoSettings settings() {
    return settings;
  }

  /** Returns the latent space of frames. */
  public LatentSpace space() {
    return codec.space();
  }

  /**
   * Returns the frames that candidates represent.
   *
   * @param candidates [rows, length, latent]
   * @param frames the observed frames, [rows, length, values]
   * @return [rows, length, values], from −1 to 1 or somewhat beyond
   */
  public Tensor pixels(Tensor candidates, Tensor frames) {
    return codec.decode(candidates, frames);
  }

  /** Returns the size of frames and their codec. */
  @Override
  public String fingerprint() {
    return String.format(
        Locale.ROOT,
        "%dx%d %s frames as %s",
        settings.size(),
        settings.size(),
        settings.channels() == 1 ? "grey" : "colour",
        codec.fingerprint());
  }

  @Override
  public Shape frame() {
    return settings.frame();
  }

  @Override
  public int frames() {
    return settings.frames();
  }

  @Override
  public Examples training(ClipSource clips) {
    return windows.training(clips);
  }

  @Override
  public Examples validation(ClipSource clips) {
    return windows.validation(clips);
  }

  @Override
  public String task(ClipSource training, ClipSource validation) {
    return windows.task(validation);
  }

  @Override
  public Optional<NaiveBaseline> naiveBaseline(Examples validation, int rows) {
    return Optional.of(windows.repeatingTheLastFrame(validation, rows));
  }

  private int targetSize() {
    return codec.targetSize(settings.values());
  }

  /** Returns the number of observed frames of a window. */
  public int length() {
    return settings.frames() - 1;
  }

  @Override
  public Set<String> settingsOfThinking() {
    return Set.of("initial", "scale", "curvature");
  }

  @Override
  public List<FeatureSpec> context() {
    return List.of(new FeatureSpec(FRAMES, window(), ElementType.REAL));
  }

  @Override
  public FeatureSpec target() {
    return new FeatureSpec(NEXT, predictions().plus(targetSize()), ElementType.REAL);
  }

  private Shape window() {
    return predictions().plus(settings.values());
  }

  @Override
  public Shape predictions() {
    return Shape.of(length());
  }

  @Override
  public Shape candidate() {
    return predictions().plus(space().size());
  }

  /** Returns the number of latents of a frame. */
  @Override
  public int patchDimension() {
    return candidate().size(-1);
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return switch (settings.initial()) {
      case NOISE ->
          Functions.randomNormal(key, INITIAL_SITE, shape)
              .times(requireNonNullElse(settings.scale(), 1.0));
      case ZEROS -> Tensor.zeros(shape);
      case LAST -> {
        Tensor last = codec.observe(context.get(FRAMES));
        if (!last.shape().equals(shape)) {
          throw new IllegalArgumentException(
              "thinking starts from the last frame of all positions, "
                  + last.shape()
                  + ", not "
                  + shape);
        }
        yield last;
      }
    };
  }

  @Override
  public boolean embedsElementwise() {
    return codec.observesElementwise();
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return FrameProjection.toModel(codec.observe(context.get(FRAMES)), width, parameters);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return FrameProjection.toModel(modelInput, width, parameters);
  }

  /**
   * Returns κ/2 |y|²: where the learned energy is nearly linear in y, its minimum with this term is
   * −∂E/∂y / κ, and a step of α covers the share ακ of the way there, from any start.
   */
  @Override
  public Optional<Tensor> analyticEnergy(Tensor modelInput) {
    return settings.curvature() == 0
        ? Optional.empty()
        : Optional.of(modelInput.square().sum(-1).times(settings.curvature() / 2));
  }

  @Override
  public Tensor decode(Tensor hidden, Parameters parameters) {
    return FrameProjection.fromModel(hidden, space().size(), parameters);
  }

  /** Returns smooth L1 over the latents of a frame: d²/2 up to |d| = 1, |d| − 1/2 from there. */
  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return RegressionErrors.smoothL1(candidate.minus(codec.encode(target))).mean(-1);
  }

  @Override
  public Tensor targetCandidate(Tensor target) {
    return codec.encode(target);
  }

  /**
   * Returns, for each frame, {@code latentMse}: the squared error in the space of candidates;
   * {@code mse}: that of pixels from 0 to 255, with the prediction clamped to that range, to the
   * true frame; and {@code psnr}: 10 log₁₀(255²/mse).
   */
  @Override
  public Map<String, Tensor> metrics(Tensor candidate, Tensor target) {
    int values = settings.values();
    Tensor next = target.slice(2, 0, values);
    Tensor frames = target.slice(2, targetSize() - values, values);
    Tensor pixels = clamp(codec.decode(candidate, frames), -1, 1);
    Tensor error = pixels.minus(next).times(0.5).square().mean(-1);
    Map<String, Tensor> measures = new LinkedHashMap<>();
    measures.put("psnr", RegressionErrors.psnr(error));
    measures.put("mse", error.times(WHITE * WHITE));
    measures.put("latentMse", candidate.minus(codec.encode(target)).square().mean(-1));
    return measures;
  }

  @Override
  public Map<String, Integer> progressMetrics() {
    return Map.of("psnr", 2);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    return FrameValues.describe(length(), settings.values(), values);
  }

  @Override
  public Map<String, Shape> fittedShapes() {
    return codec.fittedShapes();
  }

  @Override
  public Map<String, Array> fitted() {
    return codec.fitted();
  }

  @Override
  public void restore(Map<String, Array> fitted) {
    codec.restore(fitted);
    windows.refitted();
  }
}
