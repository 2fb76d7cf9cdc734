package dev.ebt.model;

import static dev.ebt.model.AdaptiveBlocks.FINAL;

import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.error.UserException;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Norm;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The bidirectional Energy-Based Transformer (arXiv 2507.02092, section 4.3): the candidate, an
 * image as a sequence of patches, attends to itself in every block, and the energy is one number
 * for the whole image, the mean over its patches. The context is a vector that conditions the
 * {@link AdaptiveBlocks}. The energy is initially 0 everywhere. It does not depend on the
 * landscape, as published.
 *
 * @param settings sizes
 * @param head the last layer
 * @param scale factor of the energy
 */
public record BidirectionalEnergy(BidirectionalSettings settings, EnergyHead head, double scale)
    implements EnergyModel, RepresentationModel {

  /** Creates a model with the published head. */
  public BidirectionalEnergy(BidirectionalSettings settings) {
    this(settings, EnergyHead.MEAN, 1);
  }

  /** Creates a model. */
  public BidirectionalEnergy(BidirectionalEnergySettings settings) {
    this(settings.sizes(), settings.head(), settings.energyScale());
  }

  @Override
  public String description() {
    return "bidirectional EBT, "
        + Size.words(settings.layers(), settings.heads(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  /**
   * Returns the modulations of every block and of the last norm.
   *
   * @param context [rows, width]; [1, width] if it is the same for all rows
   */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    if (context.shape().rank() != 2) {
      throw new UserException(
          "model 'bidirectional' is for images, such as modality 'image-denoising'; use"
              + " 'autoregressive' for sequences");
    }
    return blocks().modulations(context, parameters.in("transformer"));
  }

  /** Returns the mean over patches of one number each: [rows]. */
  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    Tensor x = blocks().apply(candidate, observed, trunk);
    Tensor energy =
        switch (head) {
          case MEAN -> mean(x, observed, trunk);
          case DOT -> dot(candidate, x, observed, trunk);
        };
    return scale == 1 ? energy : energy.times(scale);
  }

  private Tensor mean(Tensor x, NamedTensors observed, Parameters trunk) {
    Tensor head = AdaptiveBlocks.zero("linear.weight", 1, settings.width(), trunk.in(FINAL));
    // The head is linear, so the mean over patches can come first.
    return last(Norm.adaptive(x).normal().meanKeeping(1), observed)
        .linear(head, null)
        .reshape(x.shape().slice(0, 1));
  }

  /**
   * Returns the mean over patches of ⟨e, W·x⟩. W is initially 0, and the gradient for it is not: a
   * square, −½‖W·x‖², would have none.
   */
  private Tensor dot(Tensor candidate, Tensor x, NamedTensors observed, Parameters trunk) {
    int width = settings.width();
    Tensor head = AdaptiveBlocks.zero("linear.weight", width, width, trunk.in(FINAL));
    Tensor output = last(Norm.adaptive(x).normal(), observed).linear(head, null);
    return candidate.times(output).sum(-1).mean(1);
  }

  /** Returns normalized patches with the last modulation, before the head. */
  private FoldedNorm last(Tensor normal, NamedTensors observed) {
    Tensor modulation = observed.get(FINAL);
    return FoldedNorm.of(normal)
        .modulated(blocks().part(modulation, 0), blocks().part(modulation, 1));
  }

  @Override
  public Tensor represent(Tensor candidate, @Nullable Tensor condition, Parameters parameters) {
    if (condition == null) {
      throw new IllegalArgumentException("an energy model has a context");
    }
    Parameters trunk = parameters.in("transformer");
    return blocks().apply(candidate, blocks().modulations(condition, trunk), trunk);
  }

  private AdaptiveBlocks blocks() {
    return new AdaptiveBlocks(settings);
  }
}
