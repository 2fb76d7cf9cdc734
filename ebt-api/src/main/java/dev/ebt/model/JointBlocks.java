package dev.ebt.model;

import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Attention;
import dev.ebt.nn.FoldedNorm;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Tensor;
import java.util.Locale;

/**
 * Transformer blocks in which every position attends to all positions of its row. There are no
 * rotary positions: embeddings tell positions apart.
 */
record JointBlocks(JointSettings settings) {
  /**
   * Checks that a modality has one prediction per row. Otherwise a position would see the elements
   * that it and others predict, as there is no causal mask.
   *
   * @throws UserException if a row has several predictions
   */
  static void check(String model, Modality modality) {
    if (modality.predictions().rank() != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.name is a modality with predictions of shape %s in a row, and model '%s' lets each position see all"
                  + " others, those that it predicts too; a modality with one prediction per row"
                  + " expected, or model.name=autoregressive or transformer",
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
    Tensor stream = x;
    for (int i = 0; i < blocks.layers(); i++) {
      Block block = Block.plain(blocks, trunk.in("layers." + i));
      FoldedNorm normal = block.norm(stream);
      Tensor queries = block.project(normal, "wq").divide(Math.sqrt(blocks.headSize()));
      Tensor keys = block.project(normal, "wk");
      Tensor values = block.project(normal, "wv");
      stream = block.after(stream, Attention.toAllKeys(queries, keys, values));
    }
    return blocks.normalization().last(stream, "norm", trunk);
  }
}
