package dev.ebt.model;

import static dev.ebt.nn.Attention.toKeysAndOwn;

import dev.ebt.energy.IncrementalEnergyModel;
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
    implements IncrementalEnergyModel {
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
    Tensor x = timed() ? withLandscape(context, landscape, trunk) : context;
    NamedTensors cache = stream(landscape, trunk).all(x).cache();
    return observation(cache, context.shape().size(1), context);
  }

  private NamedTensors observation(NamedTensors cache, int length, Tensor context) {
    NamedTensors observed = cache.with(POSITIONS, Tensor.range(length));
    return settings.addPreviousEmbedding() ? observed.with(PREVIOUS, context) : observed;
  }

  private KeyValueStream stream(Tensor landscape, Parameters trunk) {
    return new KeyValueStream(settings, i -> block(i, landscape, trunk), false);
  }

  /** Returns the cache with the landscape's token, if there is one, and room for the elements. */
  @Override
  public NamedTensors emptyObservation(
      int rows, int capacity, Tensor landscape, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    KeyValueStream stream = stream(landscape, trunk);
    NamedTensors cache = stream.empty(rows, capacity + before());
    if (timed()) {
      Tensor first = Tensor.constant(Array.of(Shape.of(rows, 1), new long[rows]));
      cache = stream.append(cache, landscapeToken(rows, landscape, trunk), first).cache();
    }
    return observation(cache, capacity, Tensor.zeros(Shape.of(rows, capacity, settings.width())));
  }

  @Override
  public NamedTensors append(
      NamedTensors observed,
      Tensor elements,
      Tensor starts,
      Tensor landscape,
      Parameters parameters) {
    int rows = elements.shape().size(0);
    int count = elements.shape().size(1);
    Tensor positions = starts.reshape(rows, 1).plus(Tensor.range(count));
    NamedTensors extended =
        stream(landscape, parameters.in("transformer"))
            .append(observed, elements, shifted(positions, before()))
            .cache();
    if (!settings.addPreviousEmbedding()) {
      return extended;
    }
    Tensor previous = observed.get(PREVIOUS);
    return extended.with(
        PREVIOUS,
        Functions.scatterUpdate(flat(previous), flatPositions(positions, previous), elements)
            .reshape(previous.shape()));
  }

  /** Returns the number of keys before those of the first element. */
  private int before() {
    return timed() ? 1 : 0;
  }

  @Override
  public NamedTensors focus(NamedTensors observed, Tensor positions) {
    NamedTensors focused = observed.with(POSITIONS, positions);
    if (!settings.addPreviousEmbedding()) {
      return focused;
    }
    Tensor previous = observed.get(PREVIOUS);
    return focused.with(
        PREVIOUS, Functions.gather(flat(previous), flatPositions(positions, previous)));
  }

  /** Returns the vectors of all positions of all rows as one table. */
  private static Tensor flat(Tensor previous) {
    Shape shape = previous.shape();
    return previous.reshape(shape.size(0) * shape.size(1), shape.size(2));
  }

  /** Returns the positions of each row, [rows, count], in the table of all rows. */
  private static Tensor flatPositions(Tensor positions, Tensor previous) {
    int rows = previous.shape().size(0);
    Tensor length = Tensor.constant(Array.scalar((long) previous.shape().size(1)));
    return positions.plus(Tensor.range(rows).times(length).reshape(rows, 1));
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    Tensor positions = perHead(observed.get(POSITIONS));
    int keys = observed.get(KeyValueStream.keys(0)).shape().size(2);
    Rotary rotary = Rotary.at(shifted(positions, before() + 1), keys + 1, settings.headSize());
    Tensor mask = Attention.pastMask(shifted(positions, before()), keys);
    Tensor x =
        Functions.layerBoundary(
            settings.addPreviousEmbedding() ? candidate.plus(observed.get(PREVIOUS)) : candidate);
    for (int i = 0; i < settings.layers(); i++) {
      Block block = block(i, landscape, trunk);
      FoldedNorm normal = block.norm(x);
      Tensor q = block.project(normal, "wq");
      Tensor k = block.project(normal, "wk");
      Tensor v = block.project(normal, "wv");
      Tensor seen =
          toKeysAndOwn(
              rotary.turnScaled(q),
              observed.get(KeyValueStream.keys(i)),
              observed.get(KeyValueStream.values(i)),
              mask,
              q.times(k).sumKeeping(-1).divide(Math.sqrt(settings.headSize())),
              v);
      x = Functions.layerBoundary(block.after(x, seen));
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
    return Functions.concat(1, landscapeToken(context.shape().size(0), landscape, trunk), context);
  }

  /** Returns the vector of a landscape as an element, [rows, 1, width]. */
  private Tensor landscapeToken(int rows, Tensor landscape, Parameters trunk) {
    return vector(landscape, trunk).broadcastTo(Shape.of(rows, 1, settings.width()));
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

  private static Tensor shifted(Tensor positions, int by) {
    return by == 0 ? positions : positions.plus(Tensor.constant(Array.scalar((long) by)));
  }
}
