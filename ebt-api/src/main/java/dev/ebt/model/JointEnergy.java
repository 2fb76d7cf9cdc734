package dev.ebt.model;

import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Relations;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Locale;
import java.util.Optional;

/**
 * An Energy-Based Transformer of rows whose positions are thought about together, such as the cells
 * of a puzzle: one energy for a row,
 *
 * <pre>
 * E(c, y) = s Σᵢ w · norm(xᵢ)        x = blocks(c + y + v)
 * </pre>
 *
 * <p>with the embeddings c of the context and y of the candidate, [rows, positions, width] each.
 * All positions attend to each other. With landscapes, v is the learned vector of the landscape, so
 * that early steps can follow a smoother energy than late ones; without, it is 0.
 *
 * @param sizes of the blocks
 * @param scale s
 * @param relations between positions, which attention takes into account
 * @param landscapes number of landscapes that the energy distinguishes; 0 for one energy for all
 */
public record JointEnergy(
    JointSettings sizes, double scale, Optional<Relations> relations, int landscapes)
    implements EnergyModel {
  /** The name of the model in configurations. */
  public static final String NAME = "joint";

  private static final String CONTEXT = "context";

  /** Creates a model of positions without relations, with one energy for all landscapes. */
  public JointEnergy(JointSettings sizes, double scale) {
    this(sizes, scale, Optional.empty(), 0);
  }

  /**
   * Creates a model for a modality.
   *
   * @param landscapes number of landscapes, of which a conditioned model has a vector each
   * @throws dev.ebt.error.UserException if the modality has several predictions per row
   */
  public static JointEnergy of(JointEnergySettings settings, Modality modality, int landscapes) {
    JointBlocks.check(NAME, modality);
    boolean conditioned = settings.conditioning() == JointEnergySettings.Conditioning.TIME_EMBED;
    return new JointEnergy(
        settings.sizes(),
        settings.energyScale(),
        modality.relations(),
        conditioned ? landscapes : 0);
  }

  @Override
  public String description() {
    return "joint EBT, " + Size.words(sizes.layers(), sizes.heads(), sizes.width());
  }

  @Override
  public int width() {
    return sizes.width();
  }

  /** Returns the embedded context c + v, which the first block adds to the candidate. */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    JointBlocks.check(NAME, context);
    return NamedTensors.of(
        CONTEXT, landscapes == 0 ? context : context.plus(vector(landscape, parameters)));
  }

  /** Returns the learned vector of a landscape, [width]. */
  private Tensor vector(Tensor landscape, Parameters parameters) {
    Tensor vectors =
        parameters
            .in("transformer")
            .undecayed(
                "time_embeddings.weight",
                Shape.of(landscapes, sizes.width()),
                Initializer.normal(1));
    return Functions.gather(vectors, landscape);
  }

  /** Returns one energy per row, [rows]. */
  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Tensor context = observed.get(CONTEXT);
    if (candidate.shape().rank() != 3 || candidate.shape().size(1) != context.shape().size(1)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "model '%s' adds context and candidate position by position; their embeddings are %s"
                  + " and %s",
              NAME,
              context.shape(),
              candidate.shape()));
    }
    Parameters trunk = parameters.in("transformer");
    Tensor last = new JointBlocks(sizes, relations).apply(context.plus(candidate), trunk).value();
    return Linear.apply(last, "energy", 1, trunk).sum(1, 2).times(scale);
  }
}
