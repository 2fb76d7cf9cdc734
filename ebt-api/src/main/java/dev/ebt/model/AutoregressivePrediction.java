package dev.ebt.model;

import dev.ebt.energy.PredictionModel;
import dev.ebt.error.UserException;
import dev.ebt.model.TransformerSettings.Head;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.nn.Attention;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.Rotary;
import dev.ebt.tensor.Tensor;

/**
 * Transformer++, the baseline of arXiv 2507.02092: the blocks of {@link AutoregressiveEnergy} on
 * observed elements only. The output of the last norm at element i predicts the element after it.
 *
 * @param settings sizes and options; there are no landscapes to condition on
 */
public record AutoregressivePrediction(TransformerSettings settings) implements PredictionModel {

  /** Rejects settings that only energies have. */
  public AutoregressivePrediction {
    if (settings.conditioning() != LandscapeConditioning.NONE) {
      throw new UserException(
          "model.conditioning is for energies: this model has no landscapes; none expected");
    }
    if (settings.addPreviousEmbedding() || settings.head() != Head.LINEAR) {
      throw new UserException(
          "model.addPreviousEmbedding and model.head are for energies: this model has no candidates");
    }
  }

  @Override
  public String description() {
    return "Transformer++, " + Size.words(settings.layers(), settings.heads(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Tensor predict(Tensor context, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    int length = context.shape().size(1);
    Rotary rotary = Rotary.at(Tensor.range(length), length, settings.headSize());
    Tensor mask = Attention.causalMask(length);
    Tensor x = context;
    for (int i = 0; i < settings.layers(); i++) {
      Block block = Block.plain(settings, trunk.in("layers." + i));
      FoldedNorm normal = block.norm(x);
      Tensor q = rotary.turnScaled(block.project(normal, "wq"));
      Tensor k = rotary.turn(block.project(normal, "wk"));
      x = block.after(x, Attention.toKeys(q, k, block.project(normal, "wv"), mask));
    }
    return settings.normalization().last(x, "norm", trunk).value();
  }
}
