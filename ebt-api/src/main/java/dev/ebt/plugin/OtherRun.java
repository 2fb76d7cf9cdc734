package dev.ebt.plugin;

import dev.ebt.config.Overrides;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.energy.ModelEnergy;
import dev.ebt.error.UserException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Fittable;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.store.Weights;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Another run, whose model has an energy that can be added to that of this one. */
final class OtherRun {
  private final Catalog catalog;
  private final Path path;
  private final RunScope scope;

  /**
   * Creates the run.
   *
   * @param scope owns the parts of the run
   */
  OtherRun(Catalog catalog, Path path, RunScope scope) {
    this.catalog = catalog;
    this.path = path;
    this.scope = scope;
  }

  /**
   * Returns the energy of the run's model.
   *
   * @param configuration of the run that it is added to
   * @param modality of the run that it is added to
   * @throws UserException if the model has no energy, or one of other data
   */
  EnergyTerm energy(String checkpoint, RunConfiguration configuration, Modality modality) {
    BundledModelFolders.checkCheckpoint(path, checkpoint);
    StoredCheckpoint stored = StoredCheckpoint.of(path, checkpoint).with(Weights.USUAL);
    ResolvedConfiguration resolved =
        Configurations.read(
            catalog, null, path.resolve(RunDirectory.CONFIGURATION), Overrides.none());
    RunConfiguration other = resolved.configuration();
    Components components = scope.own(Components.of(catalog, resolved, path));
    Modality own = components.get(Modality.class);
    Model model = components.get(Model.class);
    if (!(model instanceof EnergyModel energyModel)) {
      throw refusal("model '" + other.model().name() + "', which has no energy to add");
    }
    if (!other.thinking().energies().isEmpty()) {
      throw refusal("thinking.energies of its own; name each of them as a term instead");
    }
    checkModality(other, own, configuration, modality);
    if (own instanceof Fittable fitted && !fitted.fittedShapes().isEmpty()) {
      throw refusal(
          "candidates in a space that is fitted to its own data, such as principal components;"
              + " energies in one space can be added");
    }
    return ModelEnergy.of(
        own,
        energyModel,
        other.thinking().hyperparameters().landscapes(),
        parameters(stored, own, energyModel));
  }

  private void checkModality(
      RunConfiguration other, Modality own, RunConfiguration configuration, Modality modality) {
    String name = other.modality().name();
    if (!name.equals(configuration.modality().name())) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "modality '%s'; the energies of one modality can be added, here '%s'",
              name,
              configuration.modality().name()));
    }
    boolean shapes =
        own.context().equals(modality.context()) && own.candidate().equals(modality.candidate());
    if (!shapes) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "contexts %s and candidates of shape %s; contexts %s and candidates of shape %s"
                  + " expected, as in this run (modality.length, modality.size, ...)",
              words(own),
              own.candidate(),
              words(modality),
              modality.candidate()));
    }
    if (!own.fingerprint().equals(modality.fingerprint())) {
      throw refusal(
          "a modality that encodes data in another way, such as with another tokenizer; the"
              + " energies of one encoding can be added");
    }
  }

  /** Returns the context of a modality, such as {@code tokens [64]}. */
  private static String words(Modality modality) {
    return modality.context().stream()
        .map(feature -> feature.name() + " " + feature.shape())
        .collect(Collectors.joining(", "));
  }

  private UserException refusal(String found) {
    return new UserException(BundledModelFolders.given(path) + " has " + found);
  }

  private static Map<String, Array> parameters(
      StoredCheckpoint stored, Modality modality, EnergyModel model) {
    Parameters parameters = new Parameters();
    EnergyFunction function = new EnergyFunction(modality, model, parameters);
    Map<String, Tensor> context = new LinkedHashMap<>();
    modality.context().forEach(feature -> context.put(feature.name(), feature.input(1)));
    Tensor landscape = Tensor.input("landscape", Shape.scalar(), ElementType.INTEGER);
    Tensor candidate =
        new FeatureSpec("candidate", modality.candidate(), ElementType.REAL).input(1);
    function.energy(
        function.observe(NamedTensors.of(context), landscape),
        modality.toModelInput(candidate),
        landscape);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.specs().forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return stored.parametersNamed(shapes);
  }
}
