package dev.ebt.core;

import dev.ebt.energy.EnergyFunction;
import dev.ebt.energy.EnergyModel;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.ConfiguredModel;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.ThinkingSettings;
import dev.ebt.regularize.Regularizer;
import dev.ebt.step.ThinkingMethod;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks of settings across the parts of an energy model. Each rule rejects a combination that
 * would otherwise run and cost time, but have no effect or not the stated one.
 */
final class EnergyRules {
  private EnergyRules() {}

  /** Checks the settings of a training. */
  static void checkTraining(ConfiguredModel setup, EnergyModel model) {
    checkNoEnergyIsAdded(setup);
    checkNoGuidance(setup);
    checkNoStepSizeFactors(setup);
    setup.thinking().hyperparameters().checkLearnedStepSize();
    checkStepsOfTrainingHaveTheirOwnSize(setup);
    checkEveryLandscapeIsUsed(setup, model);
    checkStepsAreRepeatedOnce(setup);
    checkAnalyticEnergyConverges(setup);
    checkStepsEndWithASample(setup);
    checkPrediction(setup, model);
  }

  /** Checks that training and predictions take whole samples. */
  private static void checkStepsEndWithASample(ConfiguredModel setup) {
    setup.thinking().checkSteps(setup.objective().stepPlan(setup.thinking()).size());
    setup.thinking().checkSteps(setup.objective().predictionPlan(setup.thinking()).size());
  }

  /** Checks that there is no guidance, which is for trained models only. */
  private static void checkNoGuidance(ConfiguredModel setup) {
    if (setup.thinking().hyperparameters().guidance() != 1) {
      throw new SettingException(
          "thinking.guidance",
          "is for a trained model; train without it, and give it to think or eval, such as"
              + " --guidance 2");
    }
  }

  /** Checks that no step has another size than α, whose steps are what the energy is trained by. */
  private static void checkNoStepSizeFactors(ConfiguredModel setup) {
    if (!setup.thinking().hyperparameters().stepSizeFactors().isEmpty()) {
      throw new SettingException(
          "thinking.stepSizeFactors",
          "is for a trained model; train without it, and give it to think or eval, such as --set"
              + " thinking.stepSizeFactors=[0.5]");
    }
  }

  /** Checks that a size for a number of steps is not that of steps which training takes. */
  private static void checkStepsOfTrainingHaveTheirOwnSize(ConfiguredModel setup) {
    Integer steps = setup.thinking().hyperparameters().trajectorySteps();
    if (steps != null && !setup.objective().stepPlan(setup.thinking()).isEmpty()) {
      throw new SettingException(
          "thinking.trajectorySteps",
          "is "
              + steps
              + ", but objective '"
              + setup.configuration().objective().name()
              + "' takes steps of thinking.stepSize in training; leave it out, or choose an"
              + " objective without steps, such as matching");
    }
  }

  /** Checks that no energy is added, which is for trained models only. */
  private static void checkNoEnergyIsAdded(ConfiguredModel setup) {
    if (!setup.thinking().energies().isEmpty()) {
      throw new SettingException(
          "thinking.energies",
          "are added to the energy of a trained model; train without them, and give them to think"
              + " or eval, such as with --energy");
    }
  }

  /** Checks the settings of a trained model that may think differently than in training. */
  static void checkPrediction(ConfiguredModel setup, EnergyModel model) {
    checkEnergiesAreComparable(setup, model);
    checkRuleFitsCandidates(setup);
    checkOptimizerFitsCandidates(setup);
  }

  /** Checks that binary candidates are flipped, and that only they are. */
  private static void checkOptimizerFitsCandidates(ConfiguredModel setup) {
    boolean binary = setup.modality().isBinary();
    if (setup.thinking().optimizer().movesBinary() != binary) {
      throw new SettingException(
          "thinking.optimizer",
          String.format(
              Locale.ROOT,
              "is %s, which is%s for candidates of -1 and 1, and those of modality '%s' are %s;"
                  + " %s expected, for example",
              setup.configuration().thinking().optimizer().name(),
              binary ? " not" : "",
              setup.configuration().modality().name(),
              binary ? "such" : "other numbers",
              binary ? "gibbs" : "langevin"));
    }
  }

  private static NamedTensors context(ConfiguredModel setup) {
    Map<String, Tensor> context = new LinkedHashMap<>();
    setup.modality().context().forEach(f -> context.put(f.name(), f.input(1)));
    return NamedTensors.of(context);
  }

  /** Checks that distributions are compared only of candidates that stand for them. */
  private static void checkRuleFitsCandidates(ConfiguredModel setup) {
    StoppingRule rule = setup.thinking().stop();
    Tensor candidate = candidate(setup);
    if (rule != null
        && rule.comparesDistributions()
        && setup.modality().toModelInput(candidate) == candidate) {
      throw new SettingException(
          "thinking.stop",
          "compares distributions, which the candidates of modality '"
              + setup.configuration().modality().name()
              + "' do not stand for; energy-settled or gradient-small expected");
    }
  }

  private static Tensor candidate(ConfiguredModel setup) {
    return new FeatureSpec("candidate", setup.modality().candidate(), ElementType.REAL).input(1);
  }

  /**
   * Checks that optimizer and stopping rule compare energies of one landscape only: those of one
   * candidate in two landscapes are unrelated.
   */
  private static void checkEnergiesAreComparable(ConfiguredModel setup, EnergyModel model) {
    int landscapes = setup.thinking().terms().landscapes();
    StoppingRule rule = setup.thinking().stop();
    boolean optimizer = setup.thinking().optimizer().comparesEnergies();
    boolean stop = rule != null && rule.comparesEnergies();
    if ((optimizer || stop) && !energiesAreComparable(setup, model)) {
      ThinkingSettings settings = setup.configuration().thinking();
      PartSettings refused =
          optimizer || settings.stop() == null ? settings.optimizer() : settings.stop();
      throw new SettingException(
          optimizer ? "thinking.optimizer" : "thinking.stop",
          "is "
              + refused.name()
              + ", which compares the energies of different steps, and thinking.landscapes is "
              + landscapes
              + ": each step has its own energy function; set thinking.landscapes=1, or choose"
              + (optimizer ? " another optimizer" : " another rule, such as gradient-small"));
    }
  }

  /** Returns whether all steps have the same energy function. */
  static boolean energiesAreComparable(ConfiguredModel setup, EnergyModel model) {
    return setup.thinking().terms().landscapes() == 1 || !landscapesDiffer(setup, model);
  }

  /**
   * Checks that every landscape is used: a conditioned model is trained only on the landscapes of
   * its steps.
   */
  private static void checkEveryLandscapeIsUsed(ConfiguredModel setup, EnergyModel model) {
    int used = new HashSet<>(setup.objective().stepPlan(setup.thinking())).size();
    int landscapes = setup.thinking().landscapes();
    if (used > 0 && used < landscapes && landscapesDiffer(setup, model)) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking.landscapes is %d and objective.steps %d: model '%s' is conditioned on the landscape, and those after the first %2$d would never be used; thinking.landscapes=%2$d expected, or as many steps",
              landscapes,
              used,
              setup.configuration().model().name()));
    }
  }

  private static boolean landscapesDiffer(ConfiguredModel setup, EnergyModel model) {
    return new EnergyFunction(setup.modality(), model, new Parameters(), setup.thinking().terms())
        .landscapesDiffer(context(setup));
  }

  /**
   * Checks that at most one source repeats steps. A regularizer that lengthens the plan repeats
   * each step in its landscape. If a landscape already has several steps, each one's count would be
   * drawn separately, while evaluation repeats only the last one: the counts of training and
   * evaluation would be unrelated.
   */
  private static void checkStepsAreRepeatedOnce(ConfiguredModel setup) {
    List<Integer> plan = setup.objective().stepPlan(setup.thinking());
    for (int i = 0; i < setup.regularizers().size(); i++) {
      Regularizer regularizer = setup.regularizers().get(i);
      List<Integer> longer = regularizer.evaluationStepPlan(plan);
      boolean repeats = new HashSet<>(plan).size() < plan.size();
      if (repeats && !longer.equals(plan)) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "regularizer '%s' takes each landscape's step several times, and without it there are %d steps for thinking.landscapes %d already; objective.steps=%3$d expected, and just one such regularizer",
                setup.configuration().regularizers().get(i).name(),
                plan.size(),
                setup.thinking().landscapes()));
      }
      plan = longer;
    }
  }

  /**
   * Checks that descent on the analytic energy converges. The update rule model-input takes p −
   * α∂E/∂p as the next logits. For E − τH that is p − α∂E/∂p − ατ ln p, whose probabilities are p
   * to the power of −ατ: likely values become unlikely, and vice versa.
   */
  private static void checkAnalyticEnergyConverges(ConfiguredModel setup) {
    FeatureSpec feature =
        new FeatureSpec("candidate", setup.modality().candidate(), ElementType.REAL);
    Tensor candidate = feature.input(1);
    Tensor modelInput = setup.modality().toModelInput(candidate);
    if (setup.thinking().hyperparameters().updateRule() == ThinkingMethod.UpdateRule.MODEL_INPUT
        && modelInput != candidate
        && setup.modality().analyticEnergy(modelInput).isPresent()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "thinking.updateRule=model-input does not converge with the analytic energy term of"
                  + " modality '%s'; set thinking.updateRule=mirror, or remove the term (text:"
                  + " modality.temperature=0, video: modality.curvature=0)",
              setup.configuration().modality().name()));
    }
  }
}
