package dev.ebt.energy;

import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.Map;

/** The energy of a second trained model as a term, with its modality and its own parameters. */
public class ModelEnergy implements EnergyTerm {
  private final Modality modality;
  private final EnergyModel model;
  private final int landscapes;
  private final Map<String, Array> values;

  private ModelEnergy(
      Modality modality, EnergyModel model, int landscapes, Map<String, Array> values) {
    this.modality = modality;
    this.model = model;
    this.landscapes = landscapes;
    this.values = Map.copyOf(values);
  }

  /**
   * Creates a term, which is for single positions and for a key/value cache if the model is.
   *
   * @param modality the one that the model was trained with, which encodes data like that of the
   *     model whose energy this is added to
   * @param landscapes the number of landscapes of the model
   * @param values the trained parameters by name
   */
  public static EnergyTerm of(
      Modality modality, EnergyModel model, int landscapes, Map<String, Array> values) {
    if (model instanceof IncrementalEnergyModel && modality.embedsElementwise()) {
      return new Incremental(modality, model, landscapes, values);
    }
    return model instanceof SequenceEnergyModel
        ? new Sequential(modality, model, landscapes, values)
        : new ModelEnergy(modality, model, landscapes, values);
  }

  EnergyFunction function(Parameters parameters) {
    return new EnergyFunction(modality, model, parameters);
  }

  @Override
  public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
    return function(parameters).observe(context, landscape);
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
    return function(parameters).energy(observed, modelInput, landscape);
  }

  @Override
  public int landscapes() {
    return landscapes;
  }

  @Override
  public Map<String, Array> parameters() {
    return values;
  }

  private static class Sequential extends ModelEnergy implements SequenceEnergyTerm {
    Sequential(Modality modality, EnergyModel model, int landscapes, Map<String, Array> values) {
      super(modality, model, landscapes, values);
    }

    @Override
    public NamedTensors focus(NamedTensors observed, Tensor positions) {
      return function(new Parameters()).focus(observed, positions);
    }
  }

  private static final class Incremental extends Sequential implements IncrementalEnergyTerm {
    Incremental(Modality modality, EnergyModel model, int landscapes, Map<String, Array> values) {
      super(modality, model, landscapes, values);
    }

    @Override
    public NamedTensors emptyObservation(
        int rows, int capacity, Tensor landscape, Parameters parameters) {
      return function(parameters).emptyObservation(rows, capacity, landscape);
    }

    @Override
    public NamedTensors append(
        NamedTensors observed,
        NamedTensors elements,
        Tensor starts,
        Tensor landscape,
        Parameters parameters) {
      return function(parameters).append(observed, elements, starts, landscape);
    }
  }
}
