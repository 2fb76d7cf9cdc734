package dev.ebt.train;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of low-rank adapters (LoRA, arXiv 2106.09685), with defaults in parentheses: see
 * {@link LowRankAdapter}. All parameters without an adapter are frozen.
 *
 * @param rank r, the rank of the change of a weight (8)
 * @param alpha the change is multiplied by alpha / r (the rank, a factor of 1)
 * @param of patterns of the names of weights, in which {@code *} stands for any text; those with
 *     two dimensions above the rank and with weight decay get an adapter (all)
 */
public record AdapterSettings(Integer rank, Double alpha, List<String> of) {
  private static final int MOST = 4096;

  /** Fills in defaults and rejects invalid values. */
  public AdapterSettings(
      @Nullable Integer rank, @Nullable Double alpha, @Nullable List<String> of) {
    this.rank = requireNonNullElse(rank, 8);
    if (this.rank < 1 || this.rank > MOST) {
      throw SettingException.of("training.adapter.rank", this.rank, "1 to " + MOST);
    }
    this.alpha = requireNonNullElse(alpha, (double) this.rank);
    if (!(this.alpha > 0) || this.alpha.isInfinite()) {
      throw SettingException.of("training.adapter.alpha", this.alpha, "a positive number");
    }
    this.of = List.copyOf(requireNonNullElse(of, List.of("*")));
    if (this.of.isEmpty()) {
      throw SettingException.of("training.adapter.of", this.of, "one or more patterns");
    }
  }

  /** Returns alpha / r, the factor on the product of both factors. */
  public double scale() {
    return alpha / rank;
  }
}
