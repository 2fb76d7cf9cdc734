package dev.ebt.tensorflow.board;

import dev.ebt.monitor.ModelInspection;
import dev.ebt.monitor.ModelSample;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.predict.EvaluationResult;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A monitor that writes event files for TensorBoard into the folder of the run: curves of training
 * and validation, histograms of gradients and energies, and samples. {@code tensorboard --logdir
 * runs} shows all runs below a folder.
 */
public final class TensorBoard implements Monitor, AutoCloseable {
  private static final double MILLIS = 1000;

  private final TensorBoardSettings settings;
  private final InstantSource clock;
  private ModelInspection model = ModelInspection.NOTHING;
  private @Nullable Path folder;
  private @Nullable EventFile events;

  /** Creates a monitor that has written nothing. */
  public TensorBoard(TensorBoardSettings settings) {
    this(settings, InstantSource.system());
  }

  TensorBoard(TensorBoardSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void begin(MonitoredTraining training) {
    model = training.model();
    folder = training.folder();
    begin(training.folder(), training.done());
  }

  @Override
  public void rolledBack(long step) {
    if (folder != null) {
      begin(folder, step);
    }
  }

  /** Begins another file, and cuts off what those before have of later steps. */
  private void begin(Path of, long done) {
    close();
    events = EventFile.begin(of, done, seconds());
  }

  @Override
  public void stepped(long step, StepMetrics metrics) {
    if (step != 1 && step % settings.every() != 0) {
      return;
    }
    Summaries values = new Summaries();
    values.scalar("training/loss", metrics.loss());
    values.scalar("training/gradientNorm", metrics.gradientNorm());
    metrics.metrics().forEach((name, value) -> values.scalar("training/" + name, value));
    Double first = metrics.metrics().get("firstEnergy");
    Double last = metrics.metrics().get("lastEnergy");
    if (first != null && last != null) {
      values.scalar("training/energyGap", first - last);
    }
    model.stepSize().ifPresent(size -> values.scalar("training/stepSize", size));
    model.learningRate(step).ifPresent(rate -> values.scalar("training/learningRate", rate));
    write(step, values);
  }

  @Override
  public void validated(long step, List<EvaluationResult> results) {
    Summaries values = new Summaries();
    results
        .get(results.size() - 1)
        .means()
        .forEach((name, value) -> values.scalar("validation/" + name, value));
    for (EvaluationResult result : results) {
      String after = "_after_" + result.steps();
      values.scalar("thinking/loss" + after, result.loss());
      if (result.hasEnergy()) {
        values.scalar("thinking/energy" + after, result.energy());
      }
    }
    if (settings.histograms()) {
      model
          .gradients()
          .forEach((name, array) -> values.histogram("gradients/" + name, array.doubles()));
      for (Map.Entry<Integer, double[]> energies : model.energies().entrySet()) {
        values.histogram("energies/after_" + energies.getKey(), energies.getValue());
      }
    }
    model.sample().ifPresent(sample -> add(values, sample));
    write(step, values);
  }

  private static void add(Summaries values, ModelSample sample) {
    values.text("sample/text", sample.text());
    for (int i = 0; i < sample.pictures().size(); i++) {
      values.image("sample/picture/" + i, sample.pictures().get(i));
    }
  }

  private void write(long step, Summaries values) {
    if (events == null) {
      throw new IllegalStateException("the training has not begun");
    }
    events.add(values.event(), step, seconds());
  }

  private double seconds() {
    return clock.millis() / MILLIS;
  }

  @Override
  public void end(long step) {
    close();
  }

  @Override
  public void close() {
    if (events != null) {
      events.close();
      events = null;
    }
  }
}
