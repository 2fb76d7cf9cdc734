package dev.ebt.model;

import dev.ebt.energy.DirectModel;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Relations;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.Optional;

/**
 * The baseline of {@link JointEnergy}, which predicts all positions of a row in one pass: the same
 * blocks on the context alone. The modality decodes the last stream, [rows, positions, width].
 *
 * @param settings sizes
 * @param relations between positions, which attention takes into account
 */
public record TransformerEncoder(JointSettings settings, Optional<Relations> relations)
    implements DirectModel {
  /** The name of the model in configurations. */
  public static final String NAME = "joint-transformer";

  /** Creates a model of positions without relations. */
  public TransformerEncoder(JointSettings settings) {
    this(settings, Optional.empty());
  }

  /**
   * Creates a model for a modality.
   *
   * @throws dev.ebt.error.UserException if the modality has several predictions per row
   */
  public static TransformerEncoder of(JointSettings settings, Modality modality) {
    JointBlocks.check(NAME, modality);
    return new TransformerEncoder(settings, modality.relations());
  }

  @Override
  public String description() {
    return "transformer encoder, "
        + Size.words(settings.layers(), settings.heads(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Tensor predict(Tensor context, Parameters parameters) {
    JointBlocks.check(NAME, context);
    return new JointBlocks(settings, relations)
        .apply(context, parameters.in("transformer"))
        .value();
  }
}
