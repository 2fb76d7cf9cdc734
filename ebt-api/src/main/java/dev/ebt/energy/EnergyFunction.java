package dev.ebt.energy;

import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Graph;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;

/** The energy of raw data: a modality's embedders before an energy model. */
public record EnergyFunction(Modality modality, EnergyModel model, Parameters parameters) {

  /** What the model observes of the context features in a landscape. */
  public NamedTensors observe(NamedTensors context, Tensor landscape) {
    Tensor embedded = modality.embedContext(context, model.width(), parameters);
    return model.observe(embedded, landscape, parameters);
  }

  /** Whether what is observed depends on the landscape; if not, one observation serves them all. */
  public boolean landscapesDiffer(NamedTensors context) {
    Tensor landscape = Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
    return Graph.inOrder(observe(context, landscape).toMap().values()).contains(landscape);
  }

  /** The energy of a digested candidate, one per prediction. */
  public Tensor energy(NamedTensors observed, Tensor digested, Tensor landscape) {
    Tensor embedded = modality.embedCandidate(digested, model.width(), parameters);
    Tensor learnt = model.energy(observed, embedded, landscape, parameters);
    return modality.analyticEnergy(digested).map(learnt::plus).orElse(learnt);
  }
}
