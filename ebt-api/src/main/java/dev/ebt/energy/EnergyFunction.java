package dev.ebt.energy;

import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.TensorGraph;

/** An energy of raw data: a modality's embeddings followed by an energy model. */
public record EnergyFunction(Modality modality, EnergyModel model, Parameters parameters) {

  /** Computes the model's observation of the context features in a landscape. */
  public NamedTensors observe(NamedTensors context, Tensor landscape) {
    Tensor embedded = modality.embedContext(context, model.width(), parameters);
    return model.observe(embedded, landscape, parameters);
  }

  /** Returns whether observations depend on the landscape; if not, one serves all landscapes. */
  public boolean landscapesDiffer(NamedTensors context) {
    Tensor landscape = Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
    return TensorGraph.inOrder(observe(context, landscape).toMap().values()).contains(landscape);
  }

  /** Computes the energy of a candidate, given as model input, one per prediction. */
  public Tensor energy(NamedTensors observed, Tensor modelInput, Tensor landscape) {
    Tensor embedded = modality.embedCandidate(modelInput, model.width(), parameters);
    Tensor learned = model.energy(observed, embedded, landscape, parameters);
    return modality.analyticEnergy(modelInput).map(learned::plus).orElse(learned);
  }
}
