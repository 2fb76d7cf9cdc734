package dev.ebt.run;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.Feature;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether settings of different parts make sense together: each rule is about what would be
 * accepted, cost time, and do nothing or not what it says. What a part can tell by itself, its own
 * record of settings refuses.
 */
final class ConfigurationRules {
  private ConfigurationRules() {}

  /**
   * Looks at a training before it begins.
   *
   * @throws UserException with the settings that do not go together, why, and what would
   */
  static void check(RunParts parts) {
    if (parts.model() instanceof EnergyModel model) {
      everyLandscapeIsWalked(parts, model);
      stepsAreRepeatedOnce(parts);
      knownEnergyComesToRest(parts);
    }
  }

  /** A conditioned model learns only of the landscapes that its steps walk. */
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
   * A regularizer that lengthens the plan repeats each step in its landscape. Where a landscape has
   * several steps already, each of them would be drawn for itself, while judged is only the last
   * one's repetition: the counts learnt with and judged by would have nothing to do with each
   * other.
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
   * A digested move takes p − α∂E/∂p for the next logits. Of E − τH that is p − α∂E/∂p − ατ ln p,
   * whose probabilities are p to the power of −ατ: what was likely becomes unlikely, and back.
   */
  private static void knownEnergyComesToRest(RunParts parts) {
    Feature feature = new Feature("candidate", parts.modality().candidate(), ElementType.REAL);
    Tensor candidate = feature.input(1);
    Tensor digested = parts.modality().toModelInput(candidate);
    if (parts.thinking().move() == Thinking.MoveRule.DIGESTED
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
   * What may be meant so, but will probably disappoint: a line each.
   *
   * @return empty if all is well
   */
  static List<String> advice(RunParts parts) {
    int width = parts.model().width();
    int element = parts.modality().patchDimension();
    return width == 0 || width >= element
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "model.width is %d, and an element of a candidate has %d numbers, not all of which so narrow a model can tell apart; --set model.width=%2$d, or smaller elements",
                width,
                element));
  }

  /**
   * Looks at what was set by hand for a model that does not think. Recipes and files may hold what
   * another model would heed.
   *
   * @param overrides {@code path=value} each
   */
  static void checkHeeded(RunParts parts, List<String> overrides) {
    if (parts.thinks()) {
      return;
    }
    Set<String> ofThinking = parts.modality().settingsOfThinking();
    for (String override : overrides) {
      String path = override.split("=", 2)[0].strip();
      boolean unheeded =
          path.equals("thinking")
              || path.startsWith("thinking.")
              || path.startsWith("modality.") && ofThinking.contains(path.substring(9));
      if (unheeded) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "--set %s: model '%s' has no energy to think with, so that it has no effect; leave it out",
                override,
                parts.configuration().model().name()));
      }
    }
  }
}
