package dev.ebt.think;

import dev.ebt.backend.Backend;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.IncrementalEnergyModel;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.Predictors;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The compiled programs of thinking with one model, each compiled on first use. Those that were not
 * used for longest are dropped beyond a fixed number.
 */
public final class ThinkingCache {
  /**
   * Enough for a service: six numbers of rows, five of candidates and four of elements. Requests of
   * other sizes must not make it grow.
   */
  static final int MOST = 128;

  private final Backend backend;
  private final Modality modality;
  private final EnergyModel model;
  private final ThinkingMethod thinking;
  private final List<Regularizer> regularizers;
  private final Map<Key, CompiledThinking> compiled = new LinkedHashMap<>(MOST, 0.75f, true);

  /**
   * The sizes of programs.
   *
   * @param capacity the elements that a key/value cache has room for; 0 for none
   * @param holding whether elements of candidates can be held fixed
   */
  private record Key(int rows, int positions, int capacity, boolean holding) {}

  /** Creates a cache without programs. */
  public ThinkingCache(
      Backend backend,
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers) {
    this.backend = backend;
    this.modality = modality;
    this.model = model;
    this.thinking = thinking;
    this.regularizers = List.copyOf(regularizers);
  }

  /** Returns a source of thinking sessions on these programs. */
  public Predictors predictors() {
    return new Sessions();
  }

  private final class Sessions implements Predictors {
    @Override
    public Predictor of(int rows) {
      return ThinkingCache.this.of(rows).session();
    }

    @Override
    public boolean canFocus() {
      return function().canFocus();
    }

    @Override
    public Optional<Predictor> focused(int rows, int positions) {
      return canFocus()
          ? Optional.of(ThinkingCache.this.of(rows, positions).session())
          : Optional.empty();
    }

    @Override
    public Optional<Predictor> cached(int rows, int positions, int capacity) {
      return ThinkingCache.this.cached(rows, positions, capacity).map(CompiledThinking::session);
    }

    @Override
    public Optional<Predictor> holding(int rows) {
      return Optional.of(ThinkingCache.this.holding(rows).session());
    }
  }

  /** Returns the programs for {@code rows} rows in which elements can be held fixed. */
  public CompiledThinking holding(int rows) {
    return get(
        new Key(rows, 0, 0, true),
        () -> CompiledThinking.holding(backend, modality, model, thinking, regularizers, rows));
  }

  /** Returns the programs for all predictions of {@code rows} rows. */
  public CompiledThinking of(int rows) {
    return of(rows, 0);
  }

  /** Returns the programs for {@code positions} selected positions of each of {@code rows} rows. */
  public CompiledThinking of(int rows, int positions) {
    return get(
        new Key(rows, positions, 0, false),
        () ->
            CompiledThinking.of(backend, modality, model, thinking, regularizers, rows, positions));
  }

  /**
   * Returns the programs on a key/value cache: see {@link CompiledThinking#cached}. Empty if the
   * model's observation, that of an added energy, or the modality's context does not grow by
   * elements.
   */
  public Optional<CompiledThinking> cached(int rows, int positions, int capacity) {
    return model instanceof IncrementalEnergyModel incremental && function().isIncremental()
        ? Optional.of(
            get(
                new Key(rows, positions, capacity, false),
                () ->
                    CompiledThinking.cached(
                        backend,
                        modality,
                        incremental,
                        thinking,
                        regularizers,
                        rows,
                        positions,
                        capacity)))
        : Optional.empty();
  }

  private EnergyFunction function() {
    return new EnergyFunction(modality, model, new Parameters(), thinking.terms());
  }

  private CompiledThinking get(Key key, Supplier<CompiledThinking> compile) {
    CompiledThinking programs = compiled.get(key);
    if (programs == null) {
      programs = compile.get();
      compiled.put(key, programs);
      if (compiled.size() > MOST) {
        compiled.remove(compiled.keySet().iterator().next());
      }
    }
    return programs;
  }
}
