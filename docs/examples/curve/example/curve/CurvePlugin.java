package example.curve;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentPlugin;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferencePlugin;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Probe;
import dev.ebt.interact.TaskReader;
import dev.ebt.interact.VariedSetting;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Metric;
import dev.ebt.modality.Modality;
import dev.ebt.objective.Objective;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.ModelFamily;
import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import java.util.List;
import java.util.Map;

/**
 * The entry point, named in {@code META-INF/services/dev.ebt.plugin.EbtPlugin}: brings the
 * modality, the data and the energy model of a curve with two branches, y = ±√x, a recipe that
 * trains them, a constraint to add, predictions for a user's own points, by commands and by
 * programs, a task, a varied setting, a probe and given answers to evaluate them by, and a section
 * of reports.
 */
public final class CurvePlugin implements InferencePlugin, ReportPlugin, ExperimentPlugin {
  private static final String RECIPE =
      """
      # Both branches of y = ±√x from noisy points, in seconds
      modality: curve
      data: curve
      model: curve-energy
      objective: {name: s1, steps: 6}
      thinking: {landscapes: 1, stepSize: 0.5, learnStepSize: true}
      regularizers:
        # Short steps lead to the nearer branch; long ones would learn to leap to always the same.
        - {name: gradient-clamp, maximumChange: 0.5}
      schedule:
        name: cosine
        warmUp: 20
      training:
        steps: 300
        batch: 64
        learningRate: 0.01
        validateEvery: 100
        validationRows: 256
        checkpointEvery: 100
      """;

  @Override
  public String name() {
    return "curve";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            "curve",
            "a number y for a number x; several answers may be right",
            CurveModality.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Experiment> experiments() {
    return List.of(new CurveWidths());
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(new CurveBranches());
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            "curve",
            "noisy points of y = ±√x",
            CurveData.class,
            (settings, context) -> new CurveDataset(settings)));
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            "curve-energy",
            "two smooth layers on the sum of embedded context and candidate",
            CurveEnergy.Settings.class,
            (settings, context) -> new CurveEnergy(settings.width())),
        Factory.of(
            "curve-two-answers",
            "two answers, of which one is drawn; no energy",
            TwoAnswers.Settings.class,
            (settings, context) -> new TwoAnswers(settings.width())));
  }

  @Override
  public List<ModelFamily> families() {
    return List.of(new TwoAnswersFamily());
  }

  @Override
  public List<Factory<? extends Objective, ?>> objectives() {
    return List.of(
        Factory.of(
            "curve-two-answers",
            "the loss of the better one of two answers",
            TwoAnswersObjective.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends EnergyTerm, ?>> energies() {
    return List.of(
        Factory.of(
            "curve-line",
            "y is near a line",
            LineConstraint.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Factory<? extends Metric, ?>> metrics() {
    return List.of(
        Factory.of(
            "curve-upper",
            "the share of predictions on the upper branch",
            UpperBranch.class,
            (settings, context) -> settings));
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(new CurvePredictions());
  }

  @Override
  public List<Expectation> expectations() {
    return List.of(
        new Expectation(
            "curve",
            "ten seeds, backend tensorflow with one thread; the range and as much again on each"
                + " side",
            List.of(
                new Expectation.Value(100, "validation.distance", 0, 0.173),
                new Expectation.Value(300, "validation.distance", 0.0376, 0.0546),
                new Expectation.Value(300, "validation.loss", 2.19, 3.35))));
  }

  @Override
  public List<InferenceAdapter<?, ?>> inferenceAdapters() {
    return List.of(new CurveInference());
  }

  @Override
  public List<TaskReader> tasks() {
    return List.of(new CurveTask.Reader());
  }

  @Override
  public List<VariedSetting> variedSettings() {
    return List.of(
        new VariedSetting(
            "point-noise",
            "S",
            "Standard deviations of the points to evaluate on (that of training).",
            "curves",
            "curve",
            value -> Map.of("data.noise", value)));
  }

  @Override
  public List<Probe> probes() {
    return List.of(new CurveProbe());
  }

  @Override
  public List<AnswerReader> answerReaders() {
    return List.of(new CurveAnswers());
  }

  @Override
  public Map<String, String> recipes() {
    return Map.of("curve", RECIPE);
  }
}
