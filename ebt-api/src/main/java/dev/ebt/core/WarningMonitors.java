package dev.ebt.core;

import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.Monitor;
import dev.ebt.plugin.Factory;
import dev.ebt.predict.EvaluationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The monitors that warn of the failures that energy-based trainings have. */
final class WarningMonitors {
  /** The relative difference of losses that counts. */
  private static final double MARGIN = 0.05;

  /** The relative variance of predictions below which they are all the same. */
  private static final double COLLAPSED = 1e-4;

  private WarningMonitors() {}

  /**
   * A monitor of validations.
   *
   * @param meaning what its sign usually means
   * @param advice what to try
   */
  private record Kind(
      String name, String summary, ValidationMonitor.Sign sign, String meaning, String advice) {
    Factory<? extends Monitor, ?> factory() {
      return Factory.of(
          name, summary, ValidationSettings.class, (settings, context) -> create(settings));
    }

    Monitor create(ValidationSettings settings) {
      return new ValidationMonitor(name, settings, sign, meaning, advice);
    }
  }

  private static final List<Kind> OF_VALIDATIONS =
      List.of(
          new Kind(
              "energy-descent",
              "Watches for energies that do not fall over the steps of thinking",
              WarningMonitors::energyDoesNotFall,
              "Steps overshoot their minimum, or go uphill",
              "Try a smaller thinking.stepSize, or the regularizer spectral-step-size"),
          new Kind(
              "adversarial-minima",
              "Watches for steps that lower the energy and worsen the prediction",
              WarningMonitors::lowerAndWorse,
              "Thinking leads into minima of the energy that no training step has seen",
              "Try regularizers=[{name: langevin}, {name: random-step-count}], or objective s2 with"
                  + " objective.lastSteps=2"),
          new Kind(
              "candidate-collapse",
              "Watches for predictions that are all the same",
              WarningMonitors::collapsed,
              "All contexts lead to one mode of the energy, such as the mean of all targets",
              "Try a lower training.learningRate, a larger model, or objective matching where many"
                  + " answers are right"),
          new Kind(
              "step-size-bound",
              "Watches for a learned step size that stays at one of its bounds",
              WarningMonitors::atBound,
              "The bound, and not the loss, decides the step size",
              "At the upper one try a larger thinking.maximumStepSize or stepSize; at the lower one"
                  + " a smaller thinking.stepSizeRate"),
          new Kind(
              "step-stability",
              "Watches for steps that are too large for the curvature of the energy",
              WarningMonitors::unstable,
              "Plain steps lead away from the minima of the energy, and more of them get worse",
              "Try a smaller thinking.stepSize, or the regularizer spectral-step-size"),
          new Kind(
              "no-gain",
              "Watches for random numbers of steps of which more are no better",
              WarningMonitors::noGain,
              "The energy has no more to give after the first step, and the random steps only cost"
                  + " time",
              "Try objective s2 or unrolled, a smaller thinking.stepSize, or leave out"
                  + " random-step-count"));

  /** Returns the names of those that watch every training, unless it configures them. */
  static List<String> byDefault() {
    return List.of(
        "gradient-norm",
        "energy-drift",
        "chains",
        "energy-descent",
        "adversarial-minima",
        "step-size-bound",
        "no-gain");
  }

  static List<Factory<? extends Monitor, ?>> all() {
    List<Factory<? extends Monitor, ?>> all = new ArrayList<>();
    all.add(
        Factory.of(
            "gradient-norm",
            "Watches for exploding gradients",
            GradientNormMonitor.Settings.class,
            (settings, context) -> new GradientNormMonitor(settings)));
    all.add(
        Factory.of(
            "non-finite",
            "Skips updates that are not finite, or rolls back from them",
            NonFiniteMonitor.Settings.class,
            (settings, context) -> new NonFiniteMonitor(settings)));
    all.add(
        Factory.of(
            "energy-drift",
            "Watches for energies that drift without bound",
            EnergyDriftMonitor.Settings.class,
            (settings, context) -> new EnergyDriftMonitor(settings)));
    all.add(
        Factory.of(
            "chains",
            "Watches for chains of training that do not move, or leave for infinity",
            ChainMonitor.Settings.class,
            (settings, context) -> new ChainMonitor(settings)));
    OF_VALIDATIONS.forEach(kind -> all.add(kind.factory()));
    return all;
  }

  /** Returns a new monitor of validations. */
  static Monitor validation(String name, ValidationSettings settings) {
    return OF_VALIDATIONS.stream()
        .filter(kind -> kind.name.equals(name))
        .findFirst()
        .orElseThrow()
        .create(settings);
  }

  private static EvaluationResult last(List<EvaluationResult> results) {
    return results.get(results.size() - 1);
  }

  private static Optional<String> energyDoesNotFall(
      List<EvaluationResult> results, ModelInspection model) {
    EvaluationResult first = results.get(0);
    EvaluationResult last = last(results);
    boolean falls = results.size() < 2 || !last.hasEnergy() || last.energy() < first.energy();
    return falls || !model.energiesAreComparable()
        ? Optional.empty()
        : found(
            "the energy after %d steps is %.4g, not below that after %d, %.4g",
            last.steps(), last.energy(), first.steps(), first.energy());
  }

  private static Optional<String> lowerAndWorse(
      List<EvaluationResult> results, ModelInspection model) {
    EvaluationResult last = last(results);
    EvaluationResult best =
        results.stream().min(Comparator.comparingDouble(EvaluationResult::loss)).orElseThrow();
    boolean lowerAndWorse =
        last.hasEnergy()
            && last.loss() > best.loss() + MARGIN * Math.abs(best.loss())
            && last.energy() < best.energy();
    return lowerAndWorse && model.judgedByLoss() && model.energiesAreComparable()
        ? found(
            "%d steps end at a lower energy than %d (%.4g, %.4g) and a higher loss (%.4g, %.4g)",
            last.steps(), best.steps(), last.energy(), best.energy(), last.loss(), best.loss())
        : Optional.empty();
  }

  private static Optional<String> collapsed(List<EvaluationResult> results, ModelInspection model) {
    OptionalDouble diversity = model.diversity();
    return diversity.isPresent() && diversity.getAsDouble() < COLLAPSED
        ? found(
            "the predictions of different rows have %.2g of the variance of their targets",
            diversity.getAsDouble())
        : Optional.empty();
  }

  private static Optional<String> atBound(List<EvaluationResult> results, ModelInspection model) {
    OptionalDouble size = model.stepSize();
    return size.isEmpty()
        ? Optional.empty()
        : model
            .stepSizeRange()
            .filter(
                range ->
                    size.getAsDouble() <= range.low() * (1 + 1e-3)
                        || size.getAsDouble() >= range.high() * (1 - 1e-3))
            .flatMap(
                range ->
                    found(
                        "the step size is %.4g, at a bound of its range from %.4g to %.4g",
                        size.getAsDouble(), range.low(), range.high()));
  }

  private static Optional<String> unstable(List<EvaluationResult> results, ModelInspection model) {
    OptionalDouble unstable = model.unstable();
    return unstable.isPresent() && unstable.getAsDouble() > 0.5
        ? found("%.0f %% of predictions have a stability above 2", 100 * unstable.getAsDouble())
        : Optional.empty();
  }

  private static Optional<String> noGain(List<EvaluationResult> results, ModelInspection model) {
    List<EvaluationResult> steps = results.stream().filter(each -> each.steps() > 0).toList();
    if (steps.size() < 2 || !model.drawsStepCounts() || !model.judgedByLoss()) {
      return Optional.empty();
    }
    EvaluationResult one = steps.get(0);
    EvaluationResult many = last(steps);
    return many.loss() < one.loss()
        ? Optional.empty()
        : found(
            "the loss after %d steps is %.4g, not below that after %d, %.4g",
            many.steps(), many.loss(), one.steps(), one.loss());
  }

  private static Optional<String> found(String format, Object... numbers) {
    return Optional.of(String.format(Locale.ROOT, format, numbers));
  }
}
