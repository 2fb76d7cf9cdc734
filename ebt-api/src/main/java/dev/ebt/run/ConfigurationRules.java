package dev.ebt.run;

import dev.ebt.config.Assignment;
import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Feature;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks of settings across parts. Each rule rejects a combination that would otherwise run and
 * cost time, but have no effect or not the stated one. Values that are invalid on their own are
 * rejected by the settings record of the part.
 */
final class ConfigurationRules {
  private ConfigurationRules() {}

  /**
   * Checks the settings of a training before it begins.
   *
   * @throws UserException naming the incompatible settings, the reason, and the fix
   */
  static void check(RunParts parts) {
    if (parts.model() instanceof EnergyModel model) {
      everyLandscapeIsWalked(parts, model);
      stepsAreRepeatedOnce(parts);
      knownEnergyComesToRest(parts);
      energiesCompare(parts, model);
    }
  }

  /** Energies of one candidate in two landscapes say nothing about each other. */
  private static void energiesCompare(RunParts parts, EnergyModel model) {
    int landscapes = parts.thinking().landscapes();
    if (landscapes > 1
        && parts.thinking().optimizer().comparesEnergies()
        && landscapesDiffer(parts, model)) {
      throw new UserException(
          "thinking.optimizer is "
              + parts.configuration().thinking().optimizer().name()
              + ", which compares energies of one step with those of the next, and thinking.landscapes is "
              + landscapes
              + ": each step has an energy of its own; thinking.landscapes=1 expected, or another optimizer");
    }
  }

  /** Looks at a trained model that is to think otherwise than it was trained to. */
  static void checkThinking(RunParts parts) {
    if (parts.model() instanceof EnergyModel model) {
      energiesCompare(parts, model);
    }
  }

  /**
   * Checks that every landscape is used: a conditioned model is trained only on the landscapes of
   * its steps.
   */
  private static void everyLandscapeIsWalked(RunParts parts, EnergyModel model) {
    int walked = new HashSet<>(parts.objective().stepPlan(parts.thinking())).size();
    int landscapes = parts.thinking().landscapes();
    if (walked > 0 && walked < landscapes && landscapesDiffer(parts, model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking.landscapes is %d and objective.steps %d: model '%s' tells landscapes apart, and those after the first %2$d would never be walked; thinking.landscapes=%2$d expected, or as many steps",
              landscapes,
              walked,
              parts.configuration().model().name()));
    }
  }

  private static boolean landscapesDiffer(RunParts parts, EnergyModel model) {
    Map<String, Tensor> context = new LinkedHashMap<>();
    parts.modality().context().forEach(f -> context.put(f.name(), f.input(1)));
    return new EnergyFunction(parts.modality(), model, new Parameters())
        .landscapesDiffer(NamedTensors.of(context));
  }

  /**
   * Checks that at most one source repeats steps. A regularizer that lengthens the plan repeats
   * each step in its landscape. If a landscape already has several steps, each one's count would be
   * drawn separately, while evaluation repeats only the last one: the counts of training and
   * evaluation would be unrelated.
   */
  private static void stepsAreRepeatedOnce(RunParts parts) {
    List<Integer> plan = parts.objective().stepPlan(parts.thinking());
    for (int i = 0; i < parts.regularizers().size(); i++) {
      Regularizer regularizer = parts.regularizers().get(i);
      List<Integer> longer = regularizer.evaluationStepPlan(plan);
      boolean repeats = new HashSet<>(plan).size() < plan.size();
      if (repeats && !longer.equals(plan)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "regularizer '%s' takes each landscape's step several times, and without it there are %d steps for thinking.landscapes %d already; objective.steps=%3$d expected, and just one such regularizer",
                parts.configuration().regularizers().get(i).name(),
                plan.size(),
                parts.thinking().landscapes()));
      }
      plan = longer;
    }
  }

  /**
   * Checks that descent on the analytic energy converges. A digested move takes p − α∂E/∂p as the
   * next logits. For E − τH that is p − α∂E/∂p − ατ ln p, whose probabilities are p to the power of
   * −ατ: likely values become unlikely, and vice versa.
   */
  private static void knownEnergyComesToRest(RunParts parts) {
    Feature feature = new Feature("candidate", parts.modality().candidate(), ElementType.REAL);
    Tensor candidate = feature.input(1);
    Tensor digested = parts.modality().toModelInput(candidate);
    if (parts.thinking().hyperparameters().move() == Thinking.UpdateRule.DIGESTED
        && digested != candidate
        && parts.modality().analyticEnergy(digested).isPresent()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking.move is digested: every step begins again from probabilities, from where the known part of the energy, of modality '%s', swings to and fro; thinking.move=mirror expected, or nothing known (of text: modality.temperature=0)",
              parts.configuration().modality().name()));
    }
  }

  /**
   * Returns warnings about settings that are valid but will probably give poor results, one line
   * each.
   *
   * @return the warnings; empty if there are none
   */
  static List<String> advice(RunParts parts) {
    RunConfiguration configuration = parts.configuration();
    List<String> advice =
        new ArrayList<>(ScheduleAdvice.of(configuration.training(), configuration.compatibility()));
    int width = parts.model().width();
    int element = parts.modality().patchDimension();
    if (width > 0 && width < element) {
      advice.add(
          String.format(
              Locale.ROOT,
              "model.width is %d, and an element of a candidate has %d numbers, not all of which so narrow a model can tell apart; --set model.width=%2$d, or smaller elements",
              width,
              element));
    }
    return advice;
  }

  /**
   * Checks that no override sets a thinking setting for a model that does not think. Recipes and
   * files may contain settings that only another model uses.
   */
  static void checkHeeded(RunParts parts) {
    if (parts.thinks()) {
      return;
    }
    Set<String> ofThinking = parts.modality().settingsOfThinking();
    for (Assignment override : parts.overrides().assignments()) {
      boolean unheeded =
          override.within("thinking")
              || ofThinking.stream().anyMatch(name -> override.within("modality." + name));
      if (unheeded) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: model '%s' has no energy to think with, so that it has no effect; leave it out",
                override.origin().place(),
                parts.configuration().model().name()));
      }
    }
  }
}
