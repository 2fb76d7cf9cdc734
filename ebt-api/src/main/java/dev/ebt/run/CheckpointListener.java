package dev.ebt.run;

import dev.ebt.modality.Fittable;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.predict.EvaluationResult;
import dev.ebt.store.AdaptedWeights;
import dev.ebt.store.AdapterBase;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.MetricsLog;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.Sha256;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Variable;
import dev.ebt.train.AdapterSettings;
import dev.ebt.train.Coordination;
import dev.ebt.train.DivergedException;
import dev.ebt.train.TrainingSettings;
import dev.ebt.train.TrainingStepper;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A training listener that writes metrics and checkpoints, then notifies another listener. */
final class CheckpointListener implements TrainingListener {
  private final RunParts parts;
  private final RunDirectory directory;
  private final TrainingStepper stepper;
  private final MetricsLog metrics;
  private final StepStability stability;
  private final TrainingListener listener;
  private final Throughput throughput;
  private final Map<String, String> provenance;
  private final Optional<AdapterBase> base;
  private @Nullable Double validationLoss;
  private long saved = -1;

  /**
   * Creates a listener that has written nothing yet.
   *
   * @param stability measured at each validation
   * @param base the checkpoint that adapters are added to, if there are any
   * @param validationLoss the loss of the checkpoint that the run resumes from, if any
   * @param listener notified of every event after it was recorded
   */
  CheckpointListener(
      RunParts parts,
      RunDirectory directory,
      TrainingStepper stepper,
      MetricsLog metrics,
      StepStability stability,
      Optional<AdapterBase> base,
      @Nullable Double validationLoss,
      TrainingListener listener) {
    this.parts = parts;
    this.directory = directory;
    this.stepper = stepper;
    this.metrics = metrics;
    this.stability = stability;
    this.base = base;
    this.validationLoss = validationLoss;
    this.listener = listener;
    this.provenance = Provenance.of(parts);
    TrainingSettings training = parts.configuration().training();
    this.throughput =
        new Throughput(
            parts.modality().predictionUnit(),
            (long) training.batch() * training.accumulate(),
            parts.modality().predictions().elements(),
            InstantSource.system(),
            System::nanoTime);
  }

  /** Returns the step of the last checkpoint written; −1 if there is none. */
  long saved() {
    return saved;
  }

  @Override
  public void starting(TrainingPhase phase, long step) {
    throughput.starting(phase);
    listener.starting(phase, step);
  }

  /** Returns the share of the time of all updates in which data was waited for. */
  double waitedShare() {
    return throughput.waitedShare();
  }

  @Override
  public void waited(long step, long nanoseconds) {
    throughput.waited(nanoseconds);
    listener.waited(step, nanoseconds);
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    throughput.stepped();
    if (step == 1 || step % parts.configuration().training().logEvery() == 0) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("step", step);
      line.put("loss", metrics.loss());
      line.put("gradientNorm", metrics.gradientNorm());
      line.putAll(metrics.metrics());
      CheckpointValues.stepSize(parts).ifPresent(size -> line.put("stepSize", size));
      line.put("learningRate", stepper.learningRate(step));
      throughput.addTo(line, step);
      this.metrics.append(line);
    }
    listener.stepped(step, metrics);
  }

  @Override
  public void skipped(long step, StepMetrics metrics) {
    throughput.stepped();
    listener.skipped(step, metrics);
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    EvaluationResult last = results.get(results.size() - 1);
    validationLoss = last.loss();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    parts
        .metrics()
        .summary(last.means())
        .forEach((name, value) -> line.put("validation." + name, value));
    line.put("validation.lossBySteps", results.stream().map(EvaluationResult::loss).toList());
    if (last.hasEnergy()) {
      line.put("validation.energyBySteps", results.stream().map(EvaluationResult::energy).toList());
    }
    stability.measure().ifPresent(measured -> line.putAll(measured.metrics()));
    throughput.addTime(line);
    metrics.append(line);
    if (!Double.isFinite(last.loss())) {
      throw diverged("the validation loss after step %d is %s", step, last.loss());
    }
    listener.validated(step, results);
  }

  @Override
  public void checkpoint(long step, List<EvaluationResult> results) {
    metrics.sync();
    Map<String, Array> parameters =
        read(stepper.parameters().stream().map(ParameterSpec::variable).toList());
    parameters.forEach(
        (name, value) -> {
          if (!Arrays.stream(value.doubles()).allMatch(Double::isFinite)) {
            throw diverged("after step %d the parameter %s is not finite", step, name);
          }
        });
    parameters
        .keySet()
        .retainAll(
            stepper.adapters().stored().stream()
                .map(ParameterSpec::name)
                .collect(Collectors.toSet()));
    if (parts.modality() instanceof Fittable fitted) {
      parameters.putAll(fitted.fitted());
    }
    directory
        .checkpoints()
        .save(
            progress(step),
            parameters,
            read(stepper.slots()),
            new Coordination(parts.processes()).replayState(stepper),
            parts.configuration().training().keepCheckpoints());
    saved = step;
    listener.checkpoint(step, results);
  }

  private DivergedException diverged(String format, Object... found) {
    return new DivergedException(
        String.format(Locale.ROOT, format, found), parts.configuration().training());
  }

  private Map<String, Array> read(List<Variable> variables) {
    Map<String, Array> values = new LinkedHashMap<>();
    variables.forEach(v -> values.put(v.name(), parts.backend().read(v)));
    return values;
  }

  private CheckpointMetadata progress(long step) {
    RunConfiguration configuration = parts.configuration();
    TrainingSettings training = configuration.training();
    Map<String, CheckpointMetadata.Part> made = new TreeMap<>();
    made.put(
        "modality",
        new CheckpointMetadata.Part(
            configuration.modality().name(), parts.modality().fingerprint()));
    made.put("model", new CheckpointMetadata.Part(configuration.model().name(), ""));
    made.put(
        "data",
        new CheckpointMetadata.Part(configuration.data().name(), parts.dataset().fingerprint()));
    base.ifPresent(adapted -> made.putAll(adapted.parts()));
    return CheckpointMetadata.of(
            step,
            step * training.batch() * training.accumulate(),
            configuration.seed(),
            parts.objective().judgedByLoss(parts.modality()) ? validationLoss : null,
            made,
            EbtVersion.current(),
            Sha256.of(Configurations.write(configuration)))
        .withFigures(figures())
        .withProvenance(provenance);
  }

  private Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>(MonitorStates.of(parts));
    figures.put(Resumption.STEP_SIZE, parts.thinking().hyperparameters().stepSize());
    AdapterSettings adapter = parts.updateRule().trained().adapter();
    if (adapter != null) {
      figures.put(AdaptedWeights.SCALE, adapter.scale());
    }
    return figures;
  }
}
