package dev.ebt.model;

import dev.ebt.nn.Attention;
import dev.ebt.nn.FeedForward;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Modulation;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transformer block. Without modulation
 *
 * <pre>
 * h = x + Attn(norm(x))          y = h + FFN(norm(h))
 * </pre>
 *
 * <p>and with the vectors s₁, c₁, g₁, s₂, c₂, g₂ computed from a condition,
 *
 * <pre>
 * h = x + g₁ ⊙ Attn(norm(x) ⊙ (1 + c₁) + s₁)     y = h + g₂ ⊙ FFN(norm(h) ⊙ (1 + c₂) + s₂)
 * </pre>
 *
 * @param modulation shift, scale and gate of attention, then of the feed-forward layer, [1, width]
 *     each; empty for none
 */
record Block(TransformerSettings settings, List<Tensor> modulation, Parameters layer) {

  static Block plain(TransformerSettings settings, Parameters layer) {
    return new Block(settings, List.of(), layer);
  }

  /** Returns a block modulated by a condition [width]. */
  static Block modulated(
      TransformerSettings settings, Tensor condition, Initializer initializer, Parameters layer) {
    return new Block(settings, Modulation.pieces(condition, 6, initializer, layer), layer);
  }

  /** Returns the normalized input of attention. */
  FoldedNorm norm(Tensor x) {
    return norm(x, "attention_norm", 0).beforeMaps(settings.width());
  }

  /** Returns a projection of a normalized input, split into heads. */
  Tensor project(FoldedNorm x, String name) {
    Tensor projected = Linear.apply(x, "attention." + name, settings.width(), layer);
    return Attention.split(projected, settings.heads());
  }

  /** Returns the block's output for input x and the output of attention, [rows, heads, ...]. */
  Tensor after(Tensor x, Tensor seen) {
    Tensor attended =
        Linear.gated(Attention.join(seen), "attention.wo", settings.width(), gate(0), layer);
    Tensor h = x.plus(attended);
    Tensor fed =
        FeedForward.apply(
            norm(h, "ffn_norm", 3).beforeMaps(settings.hidden()),
            settings.hidden(),
            settings.activation(),
            gate(3),
            layer.in("feed_forward"));
    return h.plus(fed);
  }

  private FoldedNorm norm(Tensor x, String name, int from) {
    FoldedNorm normed = settings.normalization().of(x, name, layer);
    return modulation.isEmpty()
        ? normed
        : normed.modulated(modulation.get(from), modulation.get(from + 1));
  }

  private @Nullable Tensor gate(int from) {
    return modulation.isEmpty() ? null : modulation.get(from + 2);
  }
}
