package dev.ebt.bench.report;

import dev.ebt.backend.ProcessGroup;
import dev.ebt.bench.progress.MetricFields;
import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.bench.progress.ProgressLines;
import dev.ebt.config.PlainNumber;
import dev.ebt.error.UserException;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Preview;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRun;
import dev.ebt.train.AdapterSettings;
import dev.ebt.train.TrainedParameters;
import dev.ebt.train.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The console output of a training: a progress line, a line per validation, and samples. */
public final class TrainingConsole implements TrainingListener {
  private final TrainingRun run;
  private final SettingOrigins origins;
  private final Interactions interactions;
  private final RunParts parts;
  private final ProgressLine line;
  private final long steps;
  private final TrainingActivity activity;
  private final SmoothedMetrics smoothed = new SmoothedMetrics();
  private final String unit;
  private final long rowsPerUpdate;
  private final long unitsPerRow;
  private @Nullable Preview preview;
  private String validated = "";

  /**
   * Creates the output of a training.
   *
   * @param job the training
   * @param interactions whose previews are shown
   * @param progress makes the progress line
   */
  public TrainingConsole(TrainingJob job, Interactions interactions, ProgressLines progress) {
    this.interactions = interactions;
    this.origins = new SettingOrigins(job.configuration());
    this.run = job.training();
    this.parts = job.parts();
    this.steps = parts.configuration().training().steps();
    TrainingSettings training = parts.configuration().training();
    this.activity = new TrainingActivity(run, training.accumulate(), training.localSteps());
    this.rowsPerUpdate = (long) training.batch() * training.accumulate();
    this.unitsPerRow = parts.modality().predictions().elements();
    this.unit = parts.modality().predictionUnit();
    this.line = progress.line(run.done(), steps);
  }

  /** Prints the model, the data and the device. */
  public void begin() {
    line.print(
        String.format(
            Locale.ROOT,
            "model     %s, %,d parameters (sizes: %s)",
            parts.model().description(),
            run.parameterCount(),
            origins.ofPart("model")));
    line.print("training  " + pace());
    if (parts.thinks()) {
      line.print("thinking  " + thinking());
    }
    if (parts.configuration().from() != null) {
      line.print("weights   first those of " + parts.configuration().from());
    }
    TrainedParameters trained = parts.updateRule().trained();
    AdapterSettings adapter = trained.adapter();
    if (!trained.equals(TrainedParameters.ALL)) {
      line.print(
          String.format(
              Locale.ROOT,
              "trained   %,d parameters%s; the others are frozen",
              run.trainedCount(),
              adapter == null ? "" : " of low-rank adapters, rank " + adapter.rank()));
    }
    line.print("data      " + parts.dataset().description());
    line.print("memory    " + parts.trainingMemory().line());
    run.memory().forEach(remembered -> line.print("memory    " + remembered));
    run.notes().forEach(note -> line.print("note      " + note));
    run.advice().forEach(advice -> line.print("advice    " + advice));
    ProcessGroup processes = parts.processes();
    if (processes.size() > 1) {
      line.print(
          String.format(
              Locale.ROOT,
              "processes %d, with %s of %s each per update%s",
              processes.size(),
              ValueFormat.counted(
                  parts.configuration().training().accumulate() / processes.size(), "batch"),
              ValueFormat.counted(parts.configuration().training().batch(), "row"),
              averages(parts.configuration().training().localSteps())));
    }
    line.print("backend   " + description(parts.backend().description()));
    line.print(
        String.format(
            Locale.ROOT,
            "run       %s, step %d of %d%s",
            run.path(),
            run.done(),
            steps,
            run.done() == 0 ? "; the first step compiles" : ""));
    line.show(run.done(), List::of);
  }

  private static String averages(int localSteps) {
    return localSteps == 1
        ? ""
        : ", averaged every " + localSteps + " updates; metrics are those of the first process";
  }

  private String pace() {
    TrainingSettings training = parts.configuration().training();
    return String.format(
        Locale.ROOT,
        "learning rate %s at its peak (%s); %s of %s",
        PlainNumber.of(training.learningRate()),
        origins.of("training.learningRate"),
        ValueFormat.counted(training.steps(), "update"),
        ValueFormat.counted((long) training.batch() * training.accumulate(), "row"));
  }

  private String thinking() {
    return String.format(
        Locale.ROOT,
        "step size %s, %s (%s); energies: lower is better, absolute values have no meaning",
        PlainNumber.of(parts.thinking().hyperparameters().stepSize()),
        parts.thinking().hyperparameters().learnStepSize() ? "learned from this value" : "fixed",
        origins.of("thinking.stepSize"));
  }

  private static String description(Map<String, String> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : ", ").append(key).append(' ').append(value));
    return text.toString();
  }

  /** Prints the work that is finished before the requested stop. */
  public void stopping() {
    line.print("stopping  " + activity.ending());
  }

  @Override
  public void starting(TrainingPhase phase, long step) {
    activity.starting(phase, step);
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    smoothed.add(metrics);
    line.show(step, () -> fields(step));
  }

  @Override
  public void skipped(long step, StepMetrics metrics) {
    line.show(step, () -> fields(step));
  }

  @Override
  public void warned(long step, TrainingWarning warning, MonitorAction action) {
    line.print("warning   " + warning.monitor() + ": " + warning.found());
    line.print("            " + warning.meaning() + ". " + warning.advice());
    switch (action) {
      case SKIP -> line.print("            this update is skipped");
      case ROLL_BACK ->
          line.print(
              "            going on from the latest checkpoint, with half the learning rate");
      case STOP -> line.print("            the training ends");
      case OFF, WARN -> {}
    }
  }

  private List<String> fields(long step) {
    Map<String, Object> values = new LinkedHashMap<>(smoothed.values());
    run.stepSize().ifPresent(size -> values.put("stepSize", size));
    List<String> fields = new ArrayList<>(MetricFields.of(values));
    if (!validated.isEmpty()) {
      fields.add(Math.min(1, fields.size()), validated);
    }
    fields.add(MetricFields.data((double) step * rowsPerUpdate * unitsPerRow, unit));
    return fields;
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    EvaluationResult last = results.get(results.size() - 1);
    validated = String.format(Locale.ROOT, "validation %.3f", last.loss());
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "step %5d  training %.3f", step, smoothed.loss()));
    text.append(results.size() > 1 ? bySteps(results) : "  " + validated);
    parts
        .metrics()
        .progressMetrics()
        .forEach(
            (name, decimals) ->
                text.append(
                    String.format(
                        Locale.ROOT, "  %s %." + decimals + "f", name, last.means().get(name))));
    line.print(text.toString());
    try {
      line.print("            " + preview().line());
    } catch (UserException e) {
      line.print(
          "            no sample: "
              + e.getMessage()); // A failed preview does not stop the training.
    }
  }

  /** Returns what the model produces at present; empty if there is nothing to show. */
  public Optional<ModelSample> sample() {
    try {
      return Optional.of(preview().sample());
    } catch (UserException e) {
      return Optional.empty(); // The line of the validation says why.
    }
  }

  private static String bySteps(List<EvaluationResult> results) {
    boolean thinks = results.get(0).hasEnergy();
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "  validation by %s ", thinks ? "thinking steps" : "steps"));
    for (EvaluationResult result : results) {
      text.append(result.steps() == 0 ? "" : "  ")
          .append(String.format(Locale.ROOT, "%d: %.3f", result.steps(), result.loss()));
    }
    if (thinks) {
      text.append("  energy");
      results.forEach(r -> text.append(String.format(Locale.ROOT, " %.3f", r.energy())));
    }
    return text.toString();
  }

  /** Returns a preview of the current predictions. */
  private Preview preview() {
    if (preview == null) {
      preview = interactions.preview(parts);
    }
    return preview;
  }

  @Override
  public void checkpoint(long step, List<EvaluationResult> results) {
    activity.checkpoint(step, results);
    line.show(step, () -> fields(step));
  }

  /** Clears the progress line. */
  public void end() {
    line.clear();
    if (preview != null) {
      preview.close();
      preview = null;
    }
  }
}
