package dev.ebt.energy;

import dev.ebt.modality.HeldElements;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.TensorGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An energy of raw data: a modality's embeddings followed by an energy model, and the terms that
 * are added to it.
 */
public record EnergyFunction(
    Modality modality, EnergyModel model, Parameters parameters, EnergyTerms terms) {

  /** The names of the elements that the context gives, among what is observed of it. */
  private static final String HELD = "held.";

  private static final String MASK = HELD + "mask";
  private static final String VALUES = HELD + "values";

  /** Creates the energy of a model alone. */
  public EnergyFunction(Modality modality, EnergyModel model, Parameters parameters) {
    this(modality, model, parameters, EnergyTerms.none());
  }

  /**
   * Computes the observation of the context features in a landscape.
   *
   * @throws dev.ebt.error.UserException if there is guidance, and the modality's models are not
   *     trained without their condition
   */
  public NamedTensors observe(NamedTensors context, Tensor landscape) {
    NamedTensors ofModel = observeModel(context, landscape);
    if (guidance().isOn()) {
      NamedTensors without =
          modality.withoutCondition(context).orElseThrow(() -> guidance().refusal());
      ofModel = Guidance.observed(ofModel, observeModel(without, landscape));
    }
    NamedTensors observed = terms.observe(ofModel, context, landscape);
    return modality
        .held(context)
        .map(
            held ->
                observed
                    .with(MASK, Functions.stopGradient(Functions.real(held.held())))
                    .with(VALUES, Functions.stopGradient(held.values())))
        .orElse(observed);
  }

  /**
   * Returns the elements of candidates that the observed context gives: see {@link Modality#held}.
   */
  public Optional<HeldElements> held(NamedTensors observed) {
    Tensor mask = observed.toMap().get(MASK);
    return mask == null
        ? Optional.empty()
        : Optional.of(
            new HeldElements(mask.greaterOrEqual(Tensor.constant(0.5)), observed.get(VALUES)));
  }

  private NamedTensors observeModel(NamedTensors context, Tensor landscape) {
    Tensor embedded = modality.embedContext(context, model.width(), parameters);
    return model.observe(embedded, terms.ofModel(landscape), parameters);
  }

  private Guidance guidance() {
    return new Guidance(terms.guidance());
  }

  /**
   * Returns whether observations depend on the landscape; if not, one serves all landscapes. Traces
   * an observation; where there is one already, {@link #dependsOn} costs no trace.
   */
  public boolean landscapesDiffer(NamedTensors context) {
    Tensor landscape = landscape();
    return dependsOn(observe(context, landscape), landscape);
  }

  /**
   * Returns whether an observation depends on the landscape that it was computed in.
   *
   * @param landscape the tensor that {@link #observe} received
   */
  public static boolean dependsOn(NamedTensors observed, Tensor landscape) {
    return TensorGraph.inOrder(observed.toMap().values()).contains(landscape);
  }

  /** Computes the energy of a candidate, given as model input, one per prediction. */
  public Tensor energy(NamedTensors observed, Tensor modelInput, Tensor landscape) {
    Tensor embedded = modality.embedCandidate(modelInput, model.width(), parameters);
    Function<NamedTensors, Tensor> energy =
        seen -> model.energy(seen, embedded, terms.ofModel(landscape), parameters);
    NamedTensors ofModel = ofModel(observed);
    Tensor learned = guidance().isOn() ? guidance().energy(ofModel, energy) : energy.apply(ofModel);
    return terms.energy(
        modality.analyticEnergy(modelInput).map(learned::plus).orElse(learned),
        observed,
        modelInput,
        landscape);
  }

  /** Returns whether single positions can be predicted: see {@link #focus}. */
  public boolean canFocus() {
    return model instanceof SequenceEnergyModel
        && !guidance().isOn()
        && !HeldElements.areGivenBy(modality)
        && (terms.terms().isEmpty()
            || terms.observeAs(SequenceEnergyTerm.class, features(), landscape()));
  }

  /**
   * Returns the observation for a subset of predictions: see {@link SequenceEnergyModel#focus}.
   *
   * @throws ClassCastException if the model is not a {@link SequenceEnergyModel}
   */
  public NamedTensors focus(NamedTensors observed, Tensor positions) {
    NamedTensors ofModel = ((SequenceEnergyModel) model).focus(terms.ofModel(observed), positions);
    return terms.focus(ofModel, observed, positions);
  }

  /** Returns whether observations can grow by elements: see {@link #append}. */
  public boolean isIncremental() {
    return model instanceof IncrementalEnergyModel
        && !guidance().isOn()
        && !HeldElements.areGivenBy(modality)
        && modality.embedsElementwise()
        && (terms.terms().isEmpty()
            || terms.observeAs(IncrementalEnergyTerm.class, features(), landscape()));
  }

  /** Returns the observation of no element: see {@link IncrementalEnergyModel}. */
  public NamedTensors emptyObservation(int rows, int capacity, Tensor landscape) {
    NamedTensors ofModel =
        ((IncrementalEnergyModel) model)
            .emptyObservation(rows, capacity, terms.ofModel(landscape), parameters);
    return terms.empty(ofModel, rows, capacity, landscape);
  }

  /**
   * Observes further elements: see {@link IncrementalEnergyModel#append}.
   *
   * @param elements the context features of the elements, each [rows, count, ...]
   * @throws ClassCastException if the model is not an {@link IncrementalEnergyModel}
   */
  public NamedTensors append(
      NamedTensors observed, NamedTensors elements, Tensor starts, Tensor landscape) {
    Tensor embedded = modality.embedContext(elements, model.width(), parameters);
    NamedTensors ofModel =
        ((IncrementalEnergyModel) model)
            .append(
                terms.ofModel(observed), embedded, starts, terms.ofModel(landscape), parameters);
    return terms.append(ofModel, observed, elements, starts, landscape);
  }

  /** Returns the part of an observation that the model computed. */
  private NamedTensors ofModel(NamedTensors observed) {
    Map<String, Tensor> own = new LinkedHashMap<>(terms.ofModel(observed).toMap());
    own.keySet().removeIf(name -> name.startsWith(HELD));
    return NamedTensors.of(own);
  }

  private NamedTensors features() {
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    return NamedTensors.of(features);
  }

  private static Tensor landscape() {
    return Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
  }
}
