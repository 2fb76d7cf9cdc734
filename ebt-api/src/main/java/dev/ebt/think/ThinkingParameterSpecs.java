package dev.ebt.think;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.step.ThinkingStep;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step of thinking uses, found by tracing one without compiling it. */
public final class ThinkingParameterSpecs {
  private ThinkingParameterSpecs() {}

  /**
   * Returns whether candidates of different seeds differ: because their initial values or something
   * in the steps is random.
   */
  public static boolean candidatesDiffer(
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers) {
    return ThinkingPrograms.candidatesDiffer(
        modality,
        Program.named("step")
            .output("candidate", step(modality, model, thinking, regularizers, new Parameters(), 1))
            .build());
  }

  /**
   * Returns the parameters, found by tracing a step of one row: those of the model and the
   * modality, the step size, and those of regularizers that also act in evaluation.
   */
  public static List<ParameterSpec> of(
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers) {
    Parameters parameters = new Parameters();
    step(modality, model, thinking, regularizers, parameters, 0);
    return parameters.specs();
  }

  /** Returns the candidate after a step of one row. */
  private static Tensor step(
      Modality modality,
      EnergyModel model,
      ThinkingMethod thinking,
      List<Regularizer> regularizers,
      Parameters parameters,
      int number) {
    Map<String, Tensor> features = new LinkedHashMap<>();
    modality.context().forEach(feature -> features.put(feature.name(), feature.input(1)));
    EnergyFunction energy = new EnergyFunction(modality, model, parameters, thinking.terms());
    List<Regularizer> active = regularizers.stream().filter(Regularizer::inEvaluation).toList();
    ThinkingStep step = new ThinkingStep(energy, thinking, active);
    Tensor key = Tensor.input(ThinkingPrograms.KEY, Shape.of(2), ElementType.INTEGER);
    Tensor landscape =
        Tensor.input(ThinkingPrograms.LANDSCAPE, Shape.scalar(), ElementType.INTEGER);
    Tensor candidate =
        new FeatureSpec("candidate", modality.candidate(), ElementType.REAL).input(1);
    Shape predictions = Shape.of(1).plus(modality.predictions().toIntArray());
    return step.take(
            energy.observe(NamedTensors.of(features), landscape),
            step.begin(candidate),
            landscape,
            step.stepSizes(predictions, key),
            number,
            key)
        .candidate();
  }
}
