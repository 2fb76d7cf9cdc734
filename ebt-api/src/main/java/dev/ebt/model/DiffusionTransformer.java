package dev.ebt.model;

import static dev.ebt.model.AdaptiveBlocks.FINAL;

import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.nn.Norm;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.TimeEmbedding;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * DiT, the Diffusion Transformer (Peebles and Xie, "Scalable diffusion models with transformers",
 * 2023), the baseline of arXiv 2507.02092 for images: the blocks of {@link BidirectionalEnergy},
 * conditioned on the time and a condition, and a linear map of every patch that is initialized to
 * 0.
 *
 * @param settings sizes
 */
public record DiffusionTransformer(BidirectionalSettings settings)
    implements DenoisingModel, RepresentationModel {

  @Override
  public String description() {
    return "Diffusion Transformer, "
        + Size.words(settings.layers(), settings.heads(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Tensor denoise(
      Tensor noisy, Tensor times, @Nullable Tensor condition, int size, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    AdaptiveBlocks blocks = new AdaptiveBlocks(settings);
    NamedTensors modulations = modulations(times, condition, trunk);
    Tensor x = blocks.apply(noisy, modulations, trunk);
    Tensor last = modulations.get(FINAL);
    Parameters layer = trunk.in(FINAL);
    return Norm.adaptive(x)
        .modulated(blocks.part(last, 0), blocks.part(last, 1))
        .linear(
            AdaptiveBlocks.zero("linear.weight", size, width(), layer),
            AdaptiveBlocks.bias("linear", size, layer));
  }

  /** Returns the representation at time 0, for a candidate without noise. */
  @Override
  public Tensor represent(Tensor candidate, @Nullable Tensor condition, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    Tensor times = Tensor.constant(Array.of(Shape.of(1), 0L));
    return new AdaptiveBlocks(settings)
        .apply(candidate, modulations(times, condition, trunk), trunk);
  }

  private NamedTensors modulations(Tensor times, @Nullable Tensor condition, Parameters trunk) {
    Tensor time = TimeEmbedding.apply(times, width(), trunk.in("t_embedder"));
    return new AdaptiveBlocks(settings)
        .modulations(condition == null ? time : time.plus(condition), trunk);
  }
}
