package dev.ebt.model;

import static dev.ebt.nn.Attention.toKeys;
import static dev.ebt.nn.Attention.toKeysAndSelf;

import dev.ebt.energy.SequenceEnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.model.TransformerSettings.Head;
import dev.ebt.model.TransformerSettings.LandscapeConditioning;
import dev.ebt.nn.Attention;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Modulation;
import dev.ebt.nn.Parameters;
import dev.ebt.nn.Rotary;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * The autoregressive Energy-Based Transformer (arXiv 2507.02092, section 3 and appendix C).
 *
 * <p>Observed elements attend to earlier ones, as in any language model. Candidate i, for the
 * element after observed i, attends to observed 0..i and to itself, and nothing else attends to a
 * candidate: so the observed stream can be computed once, and every energy depends on one candidate
 * only. Both streams share all weights. After the last block a linear map reduces each candidate to
 * one number: its energy.
 *
 * @param settings sizes and conditioning
 * @param landscapes number of landscapes that a conditioned model distinguishes
 */
public record AutoregressiveEnergy(TransformerSettings settings, int landscapes)
    implements SequenceEnergyModel {
  private static final String POSITIONS = "positions";
  private static final String PREVIOUS = "previous";

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "autoregressive EBT, %s, conditioning %s",
        Size.words(settings.layers(), settings.heads(), settings.width()),
        settings.conditioning().name().toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public int width() {
    return settings.width();
  }

  /** Returns whether a learned vector for the landscape shifts, scales and gates every block. */
  private boolean adaptive() {
    return settings.conditioning() == LandscapeConditioning.ADALN || zero();
  }

  private boolean zero() {
    return settings.conditioning() == LandscapeConditioning.ADALN_ZERO;
  }

  /** Returns whether a learned token for the landscape precedes the observed elements. */
  private boolean timed() {
    return settings.conditioning() == LandscapeConditioning.TIME_EMBED;
  }

  /**
   * Returns the keys and values of every layer, {@code layers.i.keys} and {@code layers.i.values}:
   * [rows, heads, keys, head size]; and the {@code positions} whose next element is predicted,
   * initially all, the same of each row.
   */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    if (context.shape().rank() != 3) {
      throw new UserException(
          "model 'autoregressive' is for sequences, such as modality 'text'; use"
              + " 'bidirectional' for images");
    }
    Parameters trunk = parameters.in("transformer");
    int length = context.shape().size(1);
    NamedTensors observed = NamedTensors.of(POSITIONS, Tensor.range(length));
    if (settings.addPreviousEmbedding()) {
      observed = observed.with(PREVIOUS, context);
    }
    Tensor x = timed() ? withLandscape(context, landscape, trunk) : context;
    int keys = x.shape().size(1);
    Rotary rotary = Rotary.at(Tensor.range(keys), keys + 1, settings.headSize());
    Tensor mask = Attention.causalMask(keys);
    for (int i = 0; i < settings.layers(); i++) {
      Block block = block(i, landscape, trunk);
      FoldedNorm normal = block.norm(x);
      Tensor k = rotary.turn(block.project(normal, "wk"));
      Tensor v = block.project(normal, "wv");
      observed = observed.with(keys(i), k).with(values(i), v);
      if (i + 1 < settings.layers()) {
        Tensor q = rotary.turnScaled(block.project(normal, "wq"));
        x = block.after(x, toKeys(q, k, v, mask));
      }
    }
    return observed;
  }

  @Override
  public NamedTensors focus(NamedTensors observed, Tensor positions) {
    NamedTensors focused = observed.with(POSITIONS, positions);
    if (!settings.addPreviousEmbedding()) {
      return focused;
    }
    // The previous embeddings at each row's positions: rows of one table of all positions of all
    // rows.
    Tensor previous = observed.get(PREVIOUS);
    int rows = previous.shape().size(0);
    int length = previous.shape().size(1);
    Tensor before = Tensor.range(rows).times(Tensor.constant(Array.scalar((long) length)));
    return focused.with(
        PREVIOUS,
        Functions.gather(
            previous.reshape(rows * length, previous.shape().size(2)),
            positions.plus(before.reshape(rows, 1))));
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    Tensor positions = perHead(observed.get(POSITIONS));
    int keys = observed.get(keys(0)).shape().size(2);
    int before = timed() ? 1 : 0;
    Rotary rotary = Rotary.at(shifted(positions, before + 1), keys + 1, settings.headSize());
    Tensor mask = pastMask(positions, keys, before);
    Tensor x = settings.addPreviousEmbedding() ? candidate.plus(observed.get(PREVIOUS)) : candidate;
    for (int i = 0; i < settings.layers(); i++) {
      Block block = block(i, landscape, trunk);
      FoldedNorm normal = block.norm(x);
      Tensor q = rotary.turnScaled(block.project(normal, "wq"));
      Tensor k = rotary.turn(block.project(normal, "wk"));
      Tensor v = block.project(normal, "wv");
      Tensor seen = toKeysAndSelf(q, observed.get(keys(i)), observed.get(values(i)), mask, k, v);
      x = block.after(x, seen);
    }
    FoldedNorm last = settings.normalization().last(x, "norm", trunk);
    Tensor energy = head(last, landscape, trunk);
    energy = energy.reshape(energy.shape().slice(0, 2));
    return settings.head() == Head.DOT_PRODUCT
        ? energy.minus(last.value().times(candidate).sum(2))
        : energy;
  }

  /**
   * Returns positions that broadcast over heads: [count], or [rows, 1, count] where rows differ.
   */
  private static Tensor perHead(Tensor positions) {
    Shape shape = positions.shape();
    return shape.rank() == 1 ? positions : positions.reshape(shape.size(0), 1, shape.size(1));
  }

  private Block block(int i, Tensor landscape, Parameters trunk) {
    Parameters layer = trunk.in("layers." + i);
    return adaptive()
        ? Block.modulated(settings, vector(landscape, trunk), modulation(), layer)
        : Block.plain(settings, layer);
  }

  /** Returns one number for each candidate: E. */
  private Tensor head(FoldedNorm last, Tensor landscape, Parameters trunk) {
    if (!adaptive()) {
      return Linear.apply(last, "final_layer", 1, trunk);
    }
    Parameters layer = trunk.in("final_layer");
    List<Tensor> shiftAndScale =
        Modulation.pieces(vector(landscape, trunk), 2, modulation(), layer);
    FoldedNorm modulated = last.modulated(shiftAndScale.get(0), shiftAndScale.get(1));
    Initializer initializer = zero() ? Initializer.constant(0) : Initializer.xavierNormal();
    return Linear.apply(modulated, "linear", 1, initializer, layer);
  }

  /**
   * Returns the initializer of modulations: the default of the published code's framework, or 0.
   */
  private Initializer modulation() {
    return zero() ? Initializer.constant(0) : Initializer.uniform(1 / Math.sqrt(settings.width()));
  }

  private Tensor withLandscape(Tensor context, Tensor landscape, Parameters trunk) {
    Tensor token =
        vector(landscape, trunk)
            .broadcastTo(Shape.of(context.shape().size(0), 1, settings.width()));
    return Functions.concat(1, token, context);
  }

  /** Returns the learned vector of a landscape, [width]. */
  private Tensor vector(Tensor landscape, Parameters trunk) {
    Tensor table =
        trunk.undecayed(
            "time_embeddings.weight",
            Shape.of(landscapes, settings.width()),
            Initializer.normal(1));
    return Functions.gather(table, landscape);
  }

  /**
   * Returns 0 where key j is observed no later than the prediction's position, else the masking
   * value.
   */
  private static Tensor pastMask(Tensor positions, int keys, int before) {
    Tensor last = shifted(positions, before).reshape(positions.shape().plus(1));
    Tensor seen = last.greaterOrEqual(Tensor.range(keys));
    return Functions.real(seen).minus(1).times(-Attention.MASKED);
  }

  private static Tensor shifted(Tensor positions, int by) {
    return by == 0 ? positions : positions.plus(Tensor.constant(Array.scalar((long) by)));
  }

  private static String keys(int layer) {
    return "layers." + layer + ".keys";
  }

  private static String values(int layer) {
    return "layers." + layer + ".values";
  }
}
