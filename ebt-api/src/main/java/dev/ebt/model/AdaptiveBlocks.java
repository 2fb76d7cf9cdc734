package dev.ebt.model;

import static dev.ebt.nn.Attention.join;
import static dev.ebt.nn.Attention.split;
import static dev.ebt.nn.Attention.toAllKeys;

import dev.ebt.nn.Activation;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Modulation;
import dev.ebt.nn.Norm;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The transformer blocks of the image models: every patch attends to all patches, conditioned
 * through adaptive layer norms that initialize each block to the identity (adaLN-Zero, Peebles and
 * Xie, "Scalable diffusion models with transformers", 2023).
 *
 * <p>A block: h = x + g₁ ⊙ Attention(LN(x)(1 + c₁) + s₁); then h + g₂ ⊙ MLP(LN(h)(1 + c₂) + s₂),
 * with (s₁, c₁, g₁, s₂, c₂, g₂) a linear map of silu(condition).
 *
 * @param settings sizes
 */
record AdaptiveBlocks(BidirectionalSettings settings) {
  /** The parameter scope of the layers after the blocks. */
  static final String FINAL = "final_layer";

  /**
   * Returns the modulations of every block, {@code blocks.i}: shift, scale and gate before
   * attention, then the same before the feed-forward layer, [rows, 6·width]; and {@link #FINAL}:
   * shift and scale, [rows, 2·width].
   *
   * @param condition [rows, width]; [1, width] if it is the same for all rows
   */
  NamedTensors modulations(Tensor condition, Parameters trunk) {
    Tensor active = Activation.SILU.apply(condition);
    NamedTensors modulations = NamedTensors.empty();
    for (int i = 0; i < settings.layers(); i++) {
      modulations = modulations.with(block(i), modulation(active, 6, trunk.in(block(i))));
    }
    return modulations.with(FINAL, modulation(active, 2, trunk.in(FINAL)));
  }

  /**
   * Returns a linear map of the condition that is initialized to 0, so that every modulation starts
   * at 0.
   */
  private Tensor modulation(Tensor active, int parts, Parameters layer) {
    return Modulation.of(active, parts, Initializer.constant(0), layer);
  }

  /** Applies all blocks: [rows, patches, width]. */
  Tensor apply(Tensor patches, NamedTensors modulations, Parameters trunk) {
    Tensor x = Functions.layerBoundary(patches);
    for (int i = 0; i < settings.layers(); i++) {
      x = Functions.layerBoundary(block(x, modulations.get(block(i)), trunk.in(block(i))));
    }
    return x;
  }

  private Tensor block(Tensor x, Tensor modulation, Parameters layer) {
    int width = settings.width();
    FoldedNorm seen = Norm.adaptive(x).modulated(part(modulation, 0), part(modulation, 1));
    Tensor attended = attention(seen, layer.in("attn"));
    Tensor h =
        x.plus(
            Linear.gated(
                part(modulation, 2),
                attended,
                weight("attn.proj.weight", width, width, layer),
                bias("attn.proj", width, layer)));
    FoldedNorm normal = Norm.adaptive(h).modulated(part(modulation, 3), part(modulation, 4));
    int hidden = settings.hidden();
    Parameters mlp = layer.in("mlp");
    Tensor active =
        Activation.approximateGelu(
            normal.linear(weight("fc1.weight", hidden, width, mlp), bias("fc1", hidden, mlp)));
    return h.plus(
        Linear.gated(
            part(modulation, 5),
            active,
            weight("fc2.weight", width, hidden, mlp),
            bias("fc2", width, mlp)));
  }

  /**
   * Applies attention. Queries, keys and values are thirds of one stored weight; the factor 1/√H is
   * folded into the queries' weights.
   */
  private Tensor attention(FoldedNorm x, Parameters attn) {
    int width = settings.width();
    Tensor weight = weight("qkv.weight", 3 * width, width, attn);
    Tensor bias = bias("qkv", 3 * width, attn);
    double scale = 1 / Math.sqrt(settings.headSize());
    Tensor queries =
        x.linear(weight.slice(0, 0, width).times(scale), bias.slice(0, 0, width).times(scale));
    Tensor keys = x.linear(weight.slice(0, width, width), bias.slice(0, width, width));
    Tensor values = x.linear(weight.slice(0, 2 * width, width), bias.slice(0, 2 * width, width));
    int heads = settings.heads();
    return join(toAllKeys(split(queries, heads), split(keys, heads), split(values, heads)));
  }

  /** Returns one of the vectors that are concatenated in a modulation. */
  Tensor part(Tensor modulation, int index) {
    return Modulation.piece(modulation, index, settings.width());
  }

  private static Tensor weight(String name, int out, int in, Parameters parameters) {
    return parameters.weight(name, Shape.of(out, in), Initializer.xavierUniform());
  }

  /** Returns a weight [out, in] that is initialized to 0. */
  static Tensor zero(String name, int out, int in, Parameters parameters) {
    return parameters.weight(name, Shape.of(out, in), Initializer.constant(0));
  }

  /** Returns a bias [out] that is initialized to 0, {@code name.bias}. */
  static Tensor bias(String name, int out, Parameters parameters) {
    return parameters.undecayed(name + ".bias", Shape.of(out), Initializer.constant(0));
  }

  private static String block(int layer) {
    return "blocks." + layer;
  }
}
