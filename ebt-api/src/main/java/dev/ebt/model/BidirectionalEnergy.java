package dev.ebt.model;

import static dev.ebt.nn.Attention.join;
import static dev.ebt.nn.Attention.split;
import static dev.ebt.nn.Attention.toAllKeys;

import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.nn.AdaptiveNorm;
import dev.ebt.nn.Gelu;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.LayerNorm;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/**
 * The bidirectional Energy-Based Transformer (arXiv 2507.02092, section 4.3): the candidate, a
 * picture as a sequence of patches, attends to itself in every block, and the energy is one number
 * for all of it, the mean over its patches. The context is a vector that steers every block through
 * adaptive layer norms, which begin as no blocks at all (adaLN-Zero, Peebles and Xie, 2023), and
 * the energy begins as 0 everywhere.
 *
 * <p>A block: h = x + g₁ ⊙ Attention(LN(x)(1 + c₁) + s₁); then h + g₂ ⊙ MLP(LN(h)(1 + c₂) + s₂),
 * with (s₁, c₁, g₁, s₂, c₂, g₂) a linear map of silu(context). There is no dependence on the
 * landscape, as published.
 *
 * @param settings sizes
 */
public record BidirectionalEnergy(BidirectionalSettings settings) implements EnergyModel {
  private static final String FINAL = "final_layer";

  @Override
  public String description() {
    return "bidirectional EBT, %d layers, %d heads, width %d"
        .formatted(settings.layers(), settings.heads(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  /**
   * The modulations of every layer, {@code blocks.i}: shift, scale and gate before attention, then
   * the same before the feed-forward layer, [rows, 6·width]; and {@code final_layer}: shift and
   * scale, [rows, 2·width].
   *
   * @param context [rows, width]; [1, width] if it is alike for all rows
   */
  @Override
  public NamedTensors observe(Tensor context, Tensor landscape, Parameters parameters) {
    if (context.shape().rank() != 2) {
      throw new UserException(
          "model 'bidirectional' is for pictures, such as modality 'image-denoising'; sequences"
              + " need 'autoregressive'");
    }
    Parameters trunk = parameters.in("transformer");
    Tensor active = context.times(Functions.sigmoid(context));
    NamedTensors observed = NamedTensors.empty();
    for (int i = 0; i < settings.layers(); i++) {
      observed = observed.with(block(i), modulation(active, 6, trunk.in(block(i))));
    }
    return observed.with(FINAL, modulation(active, 2, trunk.in(FINAL)));
  }

  /** A linear map that begins at 0, and whatever it modulates with it. */
  private Tensor modulation(Tensor active, int parts, Parameters layer) {
    int out = parts * settings.width();
    return Linear.apply(active, zero("adaLN_modulation.1.weight", out, settings.width(), layer))
        .plus(bias("adaLN_modulation.1", out, layer));
  }

  /** The mean over patches of one number each: [rows]. */
  @Override
  public Tensor energy(
      NamedTensors observed, Tensor candidate, Tensor landscape, Parameters parameters) {
    Parameters trunk = parameters.in("transformer");
    Tensor x = candidate;
    for (int i = 0; i < settings.layers(); i++) {
      x = block(x, observed.get(block(i)), trunk.in(block(i)));
    }
    Tensor modulation = observed.get(FINAL);
    Tensor head = zero("linear.weight", 1, settings.width(), trunk.in(FINAL));
    // The head is linear: the mean over patches can come first.
    Tensor mean = LayerNorm.apply(x).meanKeeping(1);
    return new AdaptiveNorm(mean, part(modulation, 0), part(modulation, 1))
        .linear(head, null)
        .reshape(candidate.shape().slice(0, 1));
  }

  private Tensor block(Tensor x, Tensor modulation, Parameters layer) {
    int width = settings.width();
    AdaptiveNorm seen = AdaptiveNorm.of(x, part(modulation, 0), part(modulation, 1));
    Tensor attended = attention(seen, layer.in("attn"));
    Tensor h =
        x.plus(
            AdaptiveNorm.gated(
                part(modulation, 2),
                attended,
                weight("attn.proj.weight", width, width, layer),
                bias("attn.proj", width, layer)));
    AdaptiveNorm normal = AdaptiveNorm.of(h, part(modulation, 3), part(modulation, 4));
    int hidden = settings.hidden();
    Parameters mlp = layer.in("mlp");
    Tensor active =
        Gelu.apply(
            normal.linear(weight("fc1.weight", hidden, width, mlp), bias("fc1", hidden, mlp)));
    return h.plus(
        AdaptiveNorm.gated(
            part(modulation, 5),
            active,
            weight("fc2.weight", width, hidden, mlp),
            bias("fc2", width, mlp)));
  }

  /** Queries, keys and values are thirds of one stored weight; queries come divided by √H. */
  private Tensor attention(AdaptiveNorm x, Parameters attn) {
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

  /** One of the vectors that lie one after the other in a modulation. */
  private Tensor part(Tensor modulation, int index) {
    return modulation.slice(1, index * settings.width(), settings.width());
  }

  private static Tensor weight(String name, int out, int in, Parameters parameters) {
    return parameters.weight(name, Shape.of(out, in), Initializer.xavierUniform());
  }

  private static Tensor zero(String name, int out, int in, Parameters parameters) {
    return parameters.weight(name, Shape.of(out, in), Initializer.constant(0));
  }

  private static Tensor bias(String name, int out, Parameters parameters) {
    return parameters.undecayed(name + ".bias", Shape.of(out), Initializer.constant(0));
  }

  private static String block(int layer) {
    return "blocks." + layer;
  }
}
