package dev.ebt.energy;

import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The weighted terms that are added to the energy of a model: E + Σ wᵢ Eᵢ. What they observe stands
 * beside the model's observation, under names that begin with the name of the term.
 *
 * <p>Where the model and its terms have different numbers of landscapes, a step uses the landscape
 * of its number in each, or the last one that there is.
 *
 * @param modelLandscapes the number of landscapes of the model
 * @param terms the terms; those of weight 0 are left out
 * @param guidance w, the weight of the condition in the model's energy: (1 − w) E(∅) + w
 *     E(condition); 1 for none
 */
public record EnergyTerms(int modelLandscapes, List<WeightedEnergy> terms, double guidance) {
  private static final EnergyTerms NONE = new EnergyTerms(1, List.of());

  /** Creates terms without guidance. */
  public EnergyTerms(int modelLandscapes, List<WeightedEnergy> terms) {
    this(modelLandscapes, terms, 1);
  }

  /** Leaves out the terms of weight 0. */
  public EnergyTerms {
    terms = terms.stream().filter(term -> term.weight() != 0).toList();
  }

  /** Returns no terms. */
  public static EnergyTerms none() {
    return NONE;
  }

  /** Returns the number of landscapes of the sum. */
  public int landscapes() {
    return terms.stream().mapToInt(t -> t.term().landscapes()).reduce(modelLandscapes, Math::max);
  }

  /** Returns the landscape of the model for one of the sum. */
  Tensor ofModel(Tensor landscape) {
    return terms.isEmpty() ? landscape : among(modelLandscapes, landscape);
  }

  /** Returns an index of the sum's landscapes as one of {@code count}. */
  private Tensor among(int count, Tensor landscape) {
    int all = landscapes();
    if (count >= all) {
      return landscape;
    }
    long[] last = LongStream.range(0, all).map(i -> Math.min(i, count - 1)).toArray();
    return Functions.gather(Tensor.constant(Array.of(Shape.of(all), last)), landscape);
  }

  /** Returns the model's observation with those of the terms. */
  NamedTensors observe(NamedTensors ofModel, NamedTensors context, Tensor landscape) {
    return with(
        ofModel, each -> each.term().observe(context, of(each, landscape), parameters(each)));
  }

  /** Returns the model's energy with those of the terms. */
  Tensor energy(Tensor ofModel, NamedTensors observed, Tensor modelInput, Tensor landscape) {
    Tensor sum = ofModel;
    for (WeightedEnergy each : terms) {
      Tensor energy =
          each.term()
              .energy(within(observed, each), modelInput, of(each, landscape), parameters(each));
      sum = sum.plus(energy.times(each.weight()));
    }
    return sum;
  }

  /** Returns a focused observation of the model with those of the terms. */
  NamedTensors focus(NamedTensors ofModel, NamedTensors observed, Tensor positions) {
    return with(
        ofModel,
        each ->
            each.term() instanceof SequenceEnergyTerm term
                ? term.focus(within(observed, each), positions)
                : NamedTensors.empty());
  }

  /** Returns the model's empty observation with those of the terms. */
  NamedTensors empty(NamedTensors ofModel, int rows, int capacity, Tensor landscape) {
    return with(
        ofModel,
        each ->
            each.term() instanceof IncrementalEnergyTerm term
                ? term.emptyObservation(rows, capacity, of(each, landscape), parameters(each))
                : NamedTensors.empty());
  }

  /** Returns the model's longer observation with those of the terms. */
  NamedTensors append(
      NamedTensors ofModel,
      NamedTensors observed,
      NamedTensors elements,
      Tensor starts,
      Tensor landscape) {
    return with(
        ofModel,
        each ->
            each.term() instanceof IncrementalEnergyTerm term
                ? term.append(
                    within(observed, each), elements, starts, of(each, landscape), parameters(each))
                : NamedTensors.empty());
  }

  /** Returns the part of an observation that belongs to the model. */
  NamedTensors ofModel(NamedTensors observed) {
    if (terms.isEmpty()) {
      return observed;
    }
    Map<String, Tensor> own = new LinkedHashMap<>(observed.toMap());
    own.keySet().removeIf(name -> terms.stream().anyMatch(t -> name.startsWith(prefix(t))));
    return NamedTensors.of(own);
  }

  /** Returns whether all terms that observe something are of a type. */
  boolean observeAs(Class<? extends EnergyTerm> type, NamedTensors context, Tensor landscape) {
    return terms.stream()
        .allMatch(
            each ->
                type.isInstance(each.term())
                    || each.term()
                        .observe(context, of(each, landscape), parameters(each))
                        .toMap()
                        .isEmpty());
  }

  private NamedTensors with(
      NamedTensors ofModel, Function<WeightedEnergy, NamedTensors> observation) {
    NamedTensors all = ofModel;
    for (WeightedEnergy each : terms) {
      for (Map.Entry<String, Tensor> tensor : observation.apply(each).toMap().entrySet()) {
        all = all.with(prefix(each) + tensor.getKey(), tensor.getValue());
      }
    }
    return all;
  }

  private static NamedTensors within(NamedTensors observed, WeightedEnergy term) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    observed
        .toMap()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix(term))) {
                own.put(name.substring(prefix(term).length()), tensor);
              }
            });
    return NamedTensors.of(own);
  }

  private Tensor of(WeightedEnergy term, Tensor landscape) {
    return among(term.term().landscapes(), landscape);
  }

  private static Parameters parameters(WeightedEnergy term) {
    return new Parameters().in(term.name());
  }

  private static String prefix(WeightedEnergy term) {
    return term.name() + ".";
  }
}
