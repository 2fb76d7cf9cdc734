package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.PartSettings;
import dev.ebt.select.GaussianRepulsion;
import dev.ebt.select.LargestFall;
import dev.ebt.select.LowestEnergy;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.select.SmallestResidual;
import dev.ebt.select.SoftminSampling;
import dev.ebt.stop.AnyRule;
import dev.ebt.stop.EnergySettled;
import dev.ebt.stop.EvaluationBudget;
import dev.ebt.stop.GradientReduced;
import dev.ebt.stop.GradientSmall;
import dev.ebt.stop.NoImprovement;
import dev.ebt.stop.PredictionSettled;
import dev.ebt.stop.StoppingRule;
import java.util.List;

/** The stopping rules, selections and repulsions that are included in {@code ebt-api} itself. */
final class ThinkingParts {
  private ThinkingParts() {}

  /**
   * @param tolerance the least change of energy that goes on (0.01)
   */
  record EnergySettledSettings(Double tolerance) {
    EnergySettledSettings {
      tolerance = new EnergySettled(requireNonNullElse(tolerance, 0.01)).tolerance();
    }
  }

  /**
   * @param norm the least norm of the gradient that goes on (0.01)
   */
  record GradientSmallSettings(Double norm) {
    GradientSmallSettings {
      norm = new GradientSmall(requireNonNullElse(norm, 0.01)).norm();
    }
  }

  /**
   * @param share the least norm of the gradient that goes on, as a share of that of the initial
   *     candidate (0.1)
   */
  record GradientReducedSettings(Double share) {
    GradientReducedSettings {
      share = new GradientReduced(requireNonNullElse(share, 0.1)).share();
    }
  }

  /**
   * @param steps the number of steps without improvement that stop (2)
   * @param tolerance the greatest fall of the energy below its minimum that is no improvement
   *     (0.01)
   */
  record PatienceSettings(Integer steps, Double tolerance) {
    PatienceSettings {
      NoImprovement rule =
          new NoImprovement(requireNonNullElse(steps, 2), requireNonNullElse(tolerance, 0.01));
      steps = rule.steps();
      tolerance = rule.tolerance();
    }
  }

  /**
   * @param divergence the least divergence in nats that goes on (0.001)
   */
  record PredictionSettledSettings(Double divergence) {
    PredictionSettledSettings {
      divergence = new PredictionSettled(requireNonNullElse(divergence, 0.001)).divergence();
    }
  }

  /**
   * @param stops the rules, any of which stops
   */
  record AnySettings(List<PartSettings> stops) {
    AnySettings {
      stops = List.copyOf(requireNonNullElse(stops, List.of()));
      if (stops.isEmpty()) {
        throw new SettingException(
            "stops",
            "are none; one or more expected, such as [{name: energy-settled}, {name: budget,"
                + " evaluations: 8}]");
      }
    }
  }

  static List<Factory<? extends StoppingRule, ?>> stoppingRules() {
    return List.of(
        Factory.of(
            "any",
            "Stops where any of several rules does",
            AnySettings.class,
            (settings, context) ->
                new AnyRule(
                    settings.stops().stream()
                        .map(choice -> context.part(StoppingRule.class, choice))
                        .toList())),
        Factory.of(
            "budget",
            "Stops after a number of evaluations",
            EvaluationBudget.class,
            (settings, context) -> settings),
        Factory.of(
            "energy-settled",
            "Stops where the energy hardly changed in the last step",
            EnergySettledSettings.class,
            (settings, context) -> new EnergySettled(settings.tolerance())),
        Factory.of(
            "gradient-reduced",
            "Stops where the gradient of the energy is small beside that of the first step",
            GradientReducedSettings.class,
            (settings, context) -> new GradientReduced(settings.share())),
        Factory.of(
            "gradient-small",
            "Stops where the gradient of the energy is small",
            GradientSmallSettings.class,
            (settings, context) -> new GradientSmall(settings.norm())),
        Factory.of(
            "patience",
            "Stops where the energy did not improve for several steps",
            PatienceSettings.class,
            (settings, context) -> new NoImprovement(settings.steps(), settings.tolerance())),
        Factory.of(
            "prediction-settled",
            "Stops where the predicted distribution would hardly change (KL divergence)",
            PredictionSettledSettings.class,
            (settings, context) -> new PredictionSettled(settings.divergence())));
  }

  static List<Factory<? extends Repulsion, ?>> repulsions() {
    return List.of(
        Factory.of(
            "gaussian",
            "Displaces a candidate from those before it by a Gaussian kernel",
            GaussianRepulsion.class,
            (settings, context) -> settings));
  }

  static List<Factory<? extends Selection, ?>> selections() {
    return List.of(
        Factory.of(
            "lowest-energy",
            "Selects the candidate of the lowest energy",
            CorePlugin.NoSettings.class,
            (settings, context) -> new LowestEnergy()),
        Factory.of(
            "largest-fall",
            "Selects the candidate whose energy fell most",
            CorePlugin.NoSettings.class,
            (settings, context) -> new LargestFall()),
        Factory.of(
            "smallest-residual",
            "Selects the candidate that another step would move least",
            CorePlugin.NoSettings.class,
            (settings, context) -> new SmallestResidual()),
        Factory.of(
            "softmin",
            "Samples a candidate by exp(-E/T)",
            SoftminSampling.class,
            (settings, context) -> settings));
  }
}
