package dev.ebt.model;

import dev.ebt.energy.IncrementalPredictionModel;
import dev.ebt.error.UserException;
import dev.ebt.model.TransformerSettings.Head;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;

/**
 * Transformer++, the baseline of arXiv 2507.02092: the blocks of {@link AutoregressiveEnergy} on
 * observed elements only. The output of the last norm at element i predicts the element after it.
 *
 * @param settings sizes and options; there are no landscapes to condition on
 */
public record TransformerPlusPlus(TransformerSettings settings)
    implements IncrementalPredictionModel {

  /** Rejects settings that only energies have. */
  public TransformerPlusPlus {
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
    return normalized(stream(trunk).all(context).output(), trunk);
  }

  @Override
  public NamedTensors emptyCache(int rows, int capacity, Parameters parameters) {
    return stream(parameters.in("transformer")).empty(rows, capacity);
  }

  @Override
  public Extended append(
      NamedTensors cache, Tensor elements, Tensor starts, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    int rows = elements.shape().size(0);
    Tensor positions = starts.reshape(rows, 1).plus(Tensor.range(elements.shape().size(1)));
    KeyValueStream.Result appended = stream(trunk).append(cache, elements, positions);
    return new Extended(appended.cache(), normalized(appended.output(), trunk));
  }

  private KeyValueStream stream(Parameters trunk) {
    return new KeyValueStream(settings, i -> Block.plain(settings, trunk.in("layers." + i)), true);
  }

  private Tensor normalized(Tensor output, Parameters trunk) {
    return settings.normalization().last(output, "norm", trunk).value();
  }
}
