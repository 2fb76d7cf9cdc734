package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.Thinking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The compiled programs of thinking with one model, each compiled on first use. They stay until the
 * backend is closed.
 */
public final class ThinkingCache {
  private final Backend backend;
  private final Modality modality;
  private final EnergyModel model;
  private final Thinking thinking;
  private final List<Regularizer> regularizers;
  private final Map<List<Integer>, CompiledThinking> compiled = new HashMap<>();

  /** Creates a cache without programs. */
  public ThinkingCache(
      Backend backend,
      Modality modality,
      EnergyModel model,
      Thinking thinking,
      List<Regularizer> regularizers) {
    this.backend = backend;
    this.modality = modality;
    this.model = model;
    this.thinking = thinking;
    this.regularizers = List.copyOf(regularizers);
  }

  /** Returns the programs for all predictions of {@code rows} rows. */
  public CompiledThinking of(int rows) {
    return of(rows, 0);
  }

  /** Returns the programs for {@code positions} selected positions of each of {@code rows} rows. */
  public CompiledThinking of(int rows, int positions) {
    return compiled.computeIfAbsent(
        List.of(rows, positions),
        shape ->
            CompiledThinking.of(backend, modality, model, thinking, regularizers, rows, positions));
  }
}
