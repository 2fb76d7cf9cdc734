package dev.ebt.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Origin;
import dev.ebt.energy.DefaultLearningRate;
import dev.ebt.modality.DefaultStepSize;
import dev.ebt.train.TrainingSettings;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a configuration that follow from others where they are missing: the last step of
 * the schedule, the learning rate and the step size.
 */
final class DerivedSettings {
  private static final String AUTO = "auto";

  private final Catalog catalog;
  private final ObjectNode root;
  private final Map<String, Origin> origins;

  /**
   * Creates the settings of a configuration.
   *
   * @param root the configuration, whose missing values are filled in
   * @param origins of its values, to which those of the derived ones are added
   */
  DerivedSettings(Catalog catalog, ObjectNode root, Map<String, Origin> origins) {
    this.catalog = catalog;
    this.root = root;
    this.origins = origins;
  }

  /** Fills in the last step of the schedule. */
  void endOfSchedule() {
    JsonNode steps = root.path("training").path("steps");
    boolean given = !steps.isMissingNode() && !steps.isNull();
    boolean valid = steps.isIntegralNumber() && steps.canConvertToInt() && steps.intValue() > 0;
    JsonNode choice = root.path(ScheduleSettings.KEY);
    if (given && !valid
        || !PartSettings.readable(choice)
        || !ScheduleSettings.leavesEndOpen(catalog, PartSettings.read(choice))) {
      return;
    }
    int last = given ? steps.intValue() : TrainingSettings.defaults().steps();
    PartSettings filled = ScheduleSettings.filled(catalog, PartSettings.read(choice), last);
    root.set(ScheduleSettings.KEY, filled.write());
    origins.put("schedule.decaySteps", Origin.derived("training.steps"));
  }

  /**
   * Fills in the learning rate.
   *
   * @param model the settings of the model, if they are valid
   */
  void learningRate(Optional<Record> model) {
    fill(
        "training",
        "learningRate",
        model
            .filter(DefaultLearningRate.class::isInstance)
            .map(DefaultLearningRate.class::cast)
            .map(DefaultLearningRate::suitableRate),
        "the sizes of the model");
  }

  /** Removes the step size if it is {@code auto}; returns whether it was. */
  boolean takeAuto() {
    if (root.get("thinking") instanceof ObjectNode thinking
        && AUTO.equals(thinking.path("stepSize").asText())) {
      thinking.remove("stepSize");
      return true;
    }
    return false;
  }

  /**
   * Fills in the step size.
   *
   * @param modality the settings of the modality, if they are valid
   */
  void stepSize(Optional<Record> modality) {
    fill(
        "thinking",
        "stepSize",
        modality
            .filter(DefaultStepSize.class::isInstance)
            .map(DefaultStepSize.class::cast)
            .map(DefaultStepSize::suitableStepSize),
        "the sizes of the modality");
  }

  private void fill(String group, String key, Optional<Double> value, String from) {
    JsonNode settings = root.path(group);
    boolean open = settings.isMissingNode() || settings.isObject();
    if (open && !settings.has(key) && value.isPresent()) {
      root.withObject("/" + group).put(key, value.get());
      origins.put(group + "." + key, Origin.derived(from));
    }
  }
}
