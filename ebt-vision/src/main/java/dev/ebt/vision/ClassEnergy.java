package dev.ebt.vision;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.PartContext;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * The energy that a run's model gives an image of one class, whatever the class of the context: E(y
 * | label). Added to the energy of the same model it is lowest where an image is of both classes.
 */
public final class ClassEnergy implements EnergyTerm {
  private final EnergyTerm model;
  private final long label;

  private ClassEnergy(EnergyTerm model, long label) {
    this.model = model;
    this.label = label;
  }

  /**
   * Returns the term.
   *
   * @throws UserException if the modality has no such class, or the run another one
   */
  public static ClassEnergy of(ClassEnergySettings settings, PartContext context) {
    if (!(context.modality() instanceof ImageGeneration generation)
        || generation.settings().classes() == 0) {
      throw new UserException(
          "energy 'image-class' is for models that generate images of classes (modality"
              + " image-generation with modality.classes)");
    }
    int classes = generation.settings().classes();
    if (settings.label() >= classes) {
      throw new SettingException(
          "label", "is " + settings.label() + "; 0 to " + (classes - 1) + ", a class, expected");
    }
    return new ClassEnergy(
        context.energy(context.file(settings.path()), settings.checkpoint()), settings.label());
  }

  /** Observes the class of this term in place of that of the context. */
  @Override
  public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
    NamedTensors own =
        context.map(
            (name, tensor) -> name.equals(ImageGeneration.LABEL) ? labels(tensor.shape()) : tensor);
    return model.observe(own, landscape, parameters);
  }

  private Tensor labels(Shape shape) {
    long[] labels = new long[shape.elements()];
    Arrays.fill(labels, label);
    return Tensor.constant(Array.of(shape, labels));
  }

  @Override
  public Tensor energy(
      NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
    return model.energy(observed, modelInput, landscape, parameters);
  }

  @Override
  public int landscapes() {
    return model.landscapes();
  }

  @Override
  public Map<String, Array> parameters() {
    return model.parameters();
  }
}
