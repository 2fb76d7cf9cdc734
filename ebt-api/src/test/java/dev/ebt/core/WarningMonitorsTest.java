package dev.ebt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.StepSizeRange;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.plugin.Factory;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.testing.MonitorContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Each monitor sees the failure that it is for, and says nothing of a training without it. */
class WarningMonitorsTest extends MonitorContract {
  private static final int STEPS = 1000;

  @Override
  protected Monitor monitor() {
    return new GradientNormMonitor(new GradientNormMonitor.Settings(null, null, null));
  }

  /** A training that keeps what it is warned of. */
  private record Observed(ModelInspection model, List<TrainingWarning> warnings)
      implements MonitoredTraining {
    Observed(ModelInspection model) {
      this(model, new ArrayList<>());
    }

    @Override
    public Path folder() {
      return Path.of("run");
    }

    @Override
    public long done() {
      return 0;
    }

    @Override
    public long steps() {
      return STEPS;
    }

    @Override
    public void warn(TrainingWarning warning, MonitorAction action) {
      warnings.add(warning);
    }

    @Override
    public void stop(String reason) {
      throw new AssertionError(reason);
    }
  }

  private static final class Model implements ModelInspection {
    private double size = 1;
    private double diversity = 0.3;
    private double unstable;
    private boolean comparable = true;
    private boolean draws = true;

    @Override
    public OptionalDouble stepSize() {
      return OptionalDouble.of(size);
    }

    @Override
    public Optional<StepSizeRange> stepSizeRange() {
      return Optional.of(new StepSizeRange(1e-4, 10));
    }

    @Override
    public OptionalDouble diversity() {
      return OptionalDouble.of(diversity);
    }

    @Override
    public OptionalDouble unstable() {
      return OptionalDouble.of(unstable);
    }

    @Override
    public boolean energiesAreComparable() {
      return comparable;
    }

    @Override
    public boolean drawsStepCounts() {
      return draws;
    }
  }

  private final Model model = new Model();

  private static EvaluationResult result(int steps, double loss, double energy) {
    return new EvaluationResult(
        steps, 1, steps, 0.1, Map.of("loss", loss, "energy", energy), Map.of(), 8);
  }

  /** The warnings of all monitors in three validations like this one, in the second half. */
  private List<String> validated(EvaluationResult... results) {
    Observed training = new Observed(model);
    for (Factory<? extends Monitor, ?> factory : WarningMonitors.all()) {
      if (factory.settings().equals(ValidationSettings.class)) {
        Monitor monitor = created(factory.name());
        monitor.begin(training);
        for (int i = 0; i < 3; i++) {
          monitor.validated(500 + 100L * i, List.of(results));
        }
      }
    }
    training.warnings.forEach(
        warning ->
            assertThat(List.of(warning.found(), warning.meaning(), warning.advice()))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotEndWith(".")));
    return training.warnings.stream().map(TrainingWarning::monitor).toList();
  }

  private static Monitor created(String name) {
    return WarningMonitors.validation(name, new ValidationSettings(null, null));
  }

  @Test
  void aGoodTrainingHasNoWarning() {
    assertThat(validated(result(0, 3, 1), result(1, 2, 0), result(2, 1, -1))).isEmpty();
  }

  @Test
  void energyThatDoesNotFall() {
    EvaluationResult[] rising = {result(1, 2, 0), result(2, 1, 0.5)};
    assertThat(validated(rising)).containsExactly("energy-descent");
    model.comparable = false;
    assertThat(validated(rising)).as("each landscape has a level of its own").isEmpty();
  }

  @Test
  void lowEnergyOfPoorPredictions() {
    model.draws = false;
    assertThat(validated(result(1, 1, 0), result(2, 1.2, -1)))
        .containsExactly("adversarial-minima");
    assertThat(validated(result(1, 1, 0), result(2, 1.02, -1))).as("hardly worse").isEmpty();
  }

  @Test
  void predictionsThatAreAllTheSame() {
    model.diversity = 1e-6;
    assertThat(validated(result(1, 2, 0), result(2, 1, -1))).containsExactly("candidate-collapse");
  }

  @Test
  void stepSizesAtEitherBound() {
    for (double bound : new double[] {1e-4, 10}) {
      model.size = bound;
      assertThat(validated(result(1, 2, 0), result(2, 1, -1))).containsExactly("step-size-bound");
    }
  }

  @Test
  void stepsThatAreTooLargeForTheCurvature() {
    model.unstable = 0.7;
    assertThat(validated(result(1, 2, 0), result(2, 1, -1))).containsExactly("step-stability");
  }

  @Test
  void randomStepsThatGainNothing() {
    EvaluationResult[] none = {result(1, 2, 0), result(4, 2, -1)};
    assertThat(validated(none)).containsExactly("no-gain");
    model.draws = false;
    assertThat(validated(none)).isEmpty();
  }

  @Test
  void aFewBadValidationsAndTheBeginningAreNoReason() {
    Observed training = new Observed(model);
    Monitor monitor = created("energy-descent");
    monitor.begin(training);
    List<EvaluationResult> bad = List.of(result(1, 2, 0), result(2, 1, 1));
    List<EvaluationResult> good = List.of(result(1, 2, 0), result(2, 1, -1));
    for (int step = 10; step < 200; step += 10) {
      monitor.validated(step, bad);
    }
    for (int step = 200; step < 800; step += 30) {
      monitor.validated(step, bad);
      monitor.validated(step + 10, bad);
      monitor.validated(step + 20, good);
    }
    assertThat(training.warnings).isEmpty();
  }

  private static StepMetrics metrics(double norm, double energy) {
    return new StepMetrics(1, norm, new HashMap<>(Map.of("lastEnergy", energy)));
  }

  private static List<TrainingWarning> stepped(Monitor monitor, double norm, double energy) {
    Observed training = new Observed(ModelInspection.NOTHING);
    monitor.begin(training);
    for (int step = 1; step <= 60; step++) {
      monitor.stepped(step, metrics(1 + step % 3, 2));
    }
    assertThat(training.warnings).isEmpty();
    for (int step = 61; step <= 100; step++) {
      monitor.stepped(step, metrics(norm, energy));
    }
    return training.warnings;
  }

  @Test
  void gradientsThatExplode() {
    assertThat(stepped(monitor(), 1000, 2))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.found())
                  .isEqualTo(
                      "at step 63 the norm of the gradient is 1.00e+03, for 3 updates more than"
                          + " 20.0 times its median");
              assertThat(warning.line()).startsWith("gradient-norm: at step 63");
            });
    assertThat(stepped(monitor(), 30, 2)).isEmpty();
  }

  @Test
  void aResumedTrainingIsWatchedAsIfItHadNotStopped() {
    Monitor first = monitor();
    first.begin(new Observed(model));
    for (int step = 1; step <= 60; step++) {
      first.stepped(step, metrics(step == 60 ? 1000 : 1, 0));
    }
    Monitor second = monitor();
    second.restore(first.state());
    Observed training = new Observed(model);
    second.begin(training);
    second.stepped(61, metrics(1000, 0));
    assertThat(training.warnings).isEmpty();
    second.stepped(62, metrics(1000, 0));
    assertThat(training.warnings).hasSize(1);
    assertThat(second.state()).containsEntry("above", 3.0).containsEntry("lastWarning", 62.0);
  }

  @Test
  void energiesThatDriftAway() {
    EnergyDriftMonitor.Settings settings = new EnergyDriftMonitor.Settings(null, 100.0);
    assertThat(stepped(new EnergyDriftMonitor(settings), 1, -1e5)).hasSize(1);
    assertThat(stepped(new EnergyDriftMonitor(settings), 1, -500)).isEmpty();
  }

  @Test
  void whatIsTooLargeIsSkippedAndNothingElse() {
    Monitor norm =
        new GradientNormMonitor(new GradientNormMonitor.Settings(MonitorAction.SKIP, null, null));
    Observed training = new Observed(ModelInspection.NOTHING);
    norm.begin(training);
    assertThat(norm.skipsUpdates()).isTrue();
    assertThat(monitor().skipsUpdates()).isFalse();
    for (int step = 1; step <= 60; step++) {
      assertThat(norm.skips(step, metrics(1, 0))).isFalse();
      norm.stepped(step, metrics(1, 0));
    }
    assertThat(norm.skips(61, metrics(21, 0))).isTrue();
    assertThat(norm.skips(62, metrics(19, 0))).isFalse();
    assertThat(training.warnings).hasSize(1);
  }

  @Test
  void numbersThatAreNotFiniteAreSkippedAFewTimes() {
    Monitor monitor = new NonFiniteMonitor(new NonFiniteMonitor.Settings(null, 2));
    monitor.begin(new Observed(ModelInspection.NOTHING));
    assertThat(monitor.skips(1, metrics(1, 0))).isFalse();
    assertThat(monitor.skips(2, metrics(Double.NaN, 0))).isTrue();
    assertThat(monitor.skips(3, metrics(Double.POSITIVE_INFINITY, 0))).isTrue();
    assertThat(monitor.skips(4, metrics(Double.NaN, 0))).as("it does not help").isFalse();
  }

  /** Returns the updates of the warnings, where the training rolls back after the first one. */
  private static List<Long> warned(Monitor monitor, int updates, Update bad) {
    List<Long> warned = new ArrayList<>();
    Observed training = new Observed(ModelInspection.NOTHING);
    monitor.begin(training);
    for (int step = 1; step <= 30; step++) {
      monitor.stepped(step, metrics(1, 2));
    }
    for (long step = 401; step <= 400 + updates; step++) {
      bad.of(monitor, step);
      if (training.warnings.size() > warned.size()) {
        warned.add(step);
        monitor.rolledBack(400);
      }
    }
    return warned;
  }

  private interface Update {
    void of(Monitor monitor, long step);
  }

  @Test
  void updatesInARowAreCountedAnewAfterARollBack() {
    StepMetrics stuck = new StepMetrics(1, 1, Map.of("chainsMoved", 0.0, "chainsLost", 0.0));
    assertThat(
            warned(
                new ChainMonitor(new ChainMonitor.Settings(MonitorAction.ROLL_BACK)),
                45,
                (monitor, step) -> monitor.stepped(step, stuck)))
        .containsExactly(420L, 440L);
    assertThat(
            warned(
                new GradientNormMonitor(
                    new GradientNormMonitor.Settings(MonitorAction.ROLL_BACK, null, null)),
                8,
                (monitor, step) -> monitor.stepped(step, metrics(1000, 2))))
        .containsExactly(403L, 406L);
    List<EvaluationResult> rising = List.of(result(1, 2, 0), result(2, 1, 1));
    ValidationSettings settings = new ValidationSettings(MonitorAction.ROLL_BACK, 3);
    assertThat(
            warned(
                WarningMonitors.validation("energy-descent", settings),
                8,
                (monitor, step) -> monitor.validated(step, rising)))
        .containsExactly(403L, 406L);
  }

  /** The average of energies is that of the updates after the roll-back. */
  @Test
  void energiesThatNoLongerDriftAfterARollBackAreNoReasonForAnother() {
    Monitor drift =
        new EnergyDriftMonitor(new EnergyDriftMonitor.Settings(MonitorAction.ROLL_BACK, 100.0));
    assertThat(
            warned(
                drift,
                30,
                (monitor, step) -> monitor.stepped(step, metrics(1, step == 401 ? 1e6 : 2))))
        .containsExactly(401L);
  }

  @Test
  void refusesActionsThatAMonitorCannotDo() {
    assertThatThrownBy(() -> new ValidationSettings(MonitorAction.SKIP, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("action is skip, which is for what one update shows");
    assertThatThrownBy(() -> new NonFiniteMonitor.Settings(MonitorAction.WARN, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("action is warn, but training cannot go on");
    assertThatThrownBy(() -> new GradientNormMonitor.Settings(null, 1.0, null))
        .hasMessage("factor is 1.0; more than 1 expected");
  }
}
