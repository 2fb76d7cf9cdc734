package dev.ebt.model;

import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.modality.Relations;
import dev.ebt.nn.Attention;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Initializer;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Locale;
import java.util.Optional;

/**
 * Transformer blocks in which every position attends to all positions of its row. There are no
 * rotary positions: embeddings tell positions apart, and so do the relations between them. With
 * relations the attention scores of a head are
 *
 * <pre>
 * sᵢⱼ = qᵢ · kⱼ / √H + b[kind(i, j)]
 * </pre>
 *
 * <p>with a learned b per layer, head and kind. The values of b begin so large, N(0, 2²), that each
 * head prefers a few kinds at once: AdamW moves a parameter by about the learning rate per update.
 *
 * @param relations between positions, if the modality has any
 */
record JointBlocks(JointSettings settings, Optional<Relations> relations) {
  private static final double SPREAD = 2;

  /**
   * Checks that a modality has one prediction per row. Otherwise a position would see the elements
   * that it and others predict, as there is no causal mask.
   *
   * @throws UserException if a row has several predictions
   */
  static void check(String model, Modality modality) {
    if (modality.predictions().rank() != 0) {
      throw new SettingException(
          "modality.name",
          String.format(
              Locale.ROOT,
              "is a modality with predictions of shape %s in a row, and model '%s' lets each"
                  + " position see all others, those that it predicts too; a modality with one"
                  + " prediction per row expected, or model.name=autoregressive or transformer",
              modality.predictions(),
              model));
    }
  }

  /**
   * Checks the shape of an embedded context.
   *
   * @throws UserException if it is not [rows, positions, width]
   */
  static void check(String model, Tensor context) {
    if (context.shape().rank() != 3) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "model '%s' is for rows of several positions with a context for each; this modality"
                  + " embeds its context as %s, [rows, positions, width] expected",
              model,
              context.shape()));
    }
  }

  /** Applies the blocks and the last norm: [rows, positions, width]. */
  FoldedNorm apply(Tensor x, Parameters trunk) {
    TransformerSettings blocks = settings.blocks();
    Tensor stream = Functions.layerBoundary(x);
    for (int i = 0; i < blocks.layers(); i++) {
      Block block = Block.plain(blocks, trunk.in("layers." + i));
      FoldedNorm normal = block.norm(stream);
      Tensor queries = block.project(normal, "wq").divide(Math.sqrt(blocks.headSize()));
      Tensor keys = block.project(normal, "wk");
      Tensor values = block.project(normal, "wv");
      Tensor seen =
          relations.isEmpty()
              ? Attention.toAllKeys(queries, keys, values)
              : Attention.toKeys(
                  queries, keys, values, bias(relations.get(), trunk.in("layers." + i)));
      stream = Functions.layerBoundary(block.after(stream, seen));
    }
    return blocks.normalization().last(stream, "norm", trunk);
  }

  /** Returns b[kind(i, j)], [heads, positions, positions]. */
  private Tensor bias(Relations relations, Parameters layer) {
    int positions = relations.positions();
    int heads = settings.heads();
    Tensor table =
        layer.undecayed(
            "attention.relation", Shape.of(relations.kinds(), heads), Initializer.normal(SPREAD));
    Tensor kinds =
        Functions.oneHot(Tensor.constant(relations.kind()), relations.kinds())
            .reshape(positions * positions, relations.kinds());
    return Functions.matMul(kinds, table).reshape(positions, positions, heads).transpose(2, 0, 1);
  }
}
