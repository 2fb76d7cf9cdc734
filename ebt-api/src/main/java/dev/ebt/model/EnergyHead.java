package dev.ebt.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The last layer of an image model, which makes one number of its patches x. */
public enum EnergyHead {
  /** E = mean over patches of ⟨w, x⟩: one number per patch, as published. */
  @JsonProperty("mean")
  MEAN,
  /**
   * E = mean over patches of ⟨e, f(x)⟩, for the embedding e of the candidate's patch and a linear
   * map f: the inner product of candidate and output (arXiv 2510.02300). Its gradient contains f
   * itself, not only a derivative of it.
   */
  @JsonProperty("dot")
  DOT
}
