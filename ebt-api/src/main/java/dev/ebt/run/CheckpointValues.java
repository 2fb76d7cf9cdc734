package dev.ebt.run;

import dev.ebt.error.Required;
import dev.ebt.modality.Fittable;
import dev.ebt.step.ThinkingStep;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The assignment of a checkpoint's values to the variables and fitted parts of a run. */
final class CheckpointValues {
  private CheckpointValues() {}

  /** Returns the present step size α; empty if it is no parameter of the run. */
  static OptionalDouble stepSize(RunParts parts) {
    return parts.parameters().stream()
        .filter(spec -> spec.name().equals(ThinkingStep.STEP_SIZE))
        .mapToDouble(spec -> parts.backend().read(spec.variable()).item())
        .findFirst();
  }

  /** Assigns the step size if an override sets it, in place of the checkpoint's. */
  static void assignStepSize(RunParts parts) {
    if (parts.overrides().at("thinking.stepSize").isPresent()) {
      assignConfiguredStepSize(parts);
    }
  }

  /**
   * Assigns the step size in place of that of another run whose weights are taken, if it is fixed
   * or an override sets it.
   */
  static void assignOwnStepSize(RunParts parts) {
    if (!parts.thinking().hyperparameters().learnStepSize()) {
      assignConfiguredStepSize(parts);
    } else {
      assignStepSize(parts);
    }
  }

  /** Assigns the configured step size. */
  static void assignConfiguredStepSize(RunParts parts) {
    Array alpha = Array.filled(Shape.scalar(), parts.thinking().hyperparameters().stepSize());
    parts.parameters().stream()
        .filter(spec -> spec.name().equals(ThinkingStep.STEP_SIZE))
        .forEach(spec -> parts.backend().assign(spec.variable(), alpha));
  }

  /**
   * Assigns the parameters of a checkpoint on the backend, and restores the fitted values of the
   * modality.
   */
  static void assign(RunParts parts, StoredCheckpoint stored) {
    Map<String, Array> values = restored(parts, stored);
    parts
        .parameters()
        .forEach(spec -> parts.backend().assign(spec.variable(), Required.of(values, spec.name())));
  }

  /**
   * Restores the fitted values of the modality.
   *
   * @return all values of the checkpoint, which are exactly those to assign and to restore
   */
  static Map<String, Array> restored(RunParts parts, StoredCheckpoint stored) {
    restoreFitted(parts, stored);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parts.parameters().forEach(spec -> shapes.put(spec.name(), spec.shape()));
    if (parts.modality() instanceof Fittable fitted) {
      shapes.putAll(fitted.fittedShapes());
    }
    return stored.parametersFor(shapes);
  }

  /** Restores the fitted values of the modality, if it has any. */
  static void restoreFitted(RunParts parts, StoredCheckpoint stored) {
    if (parts.modality() instanceof Fittable fitted) {
      fitted.restore(stored.parametersNamed(fitted.fittedShapes()));
      parts.refitted();
    }
  }
}
