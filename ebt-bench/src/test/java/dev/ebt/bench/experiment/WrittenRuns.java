package dev.ebt.bench.experiment;

import dev.ebt.store.RunDirectory;
import dev.ebt.store.RunHistory;
import dev.ebt.sweep.RunWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Writes the folders of finished runs with given losses instead of training them. A loss that is
 * not finite makes a run that has diverged; for one below 0 nothing is written but why.
 */
final class WrittenRuns implements RunWorkers {
  private static final long STEP = 1;

  private final ToDoubleFunction<Map<String, String>> losses;

  /** The names of the runs that were begun. */
  final List<String> begun = new ArrayList<>();

  /**
   * Creates workers.
   *
   * @param losses of a run, by the values in its name
   */
  WrittenRuns(ToDoubleFunction<Map<String, String>> losses) {
    this.losses = losses;
  }

  @Override
  public RunWorker start(Order order) {
    String name = order.run().getFileName().toString();
    begun.add(name);
    Map<String, String> values = new HashMap<>();
    for (String each : name.split(",")) {
      values.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    double loss = losses.applyAsDouble(values);
    try {
      if (loss < 0) {
        Files.writeString(order.log(), RunWorkers.REFUSED + "the disk is full");
      } else {
        write(order, loss);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RunWorker() {
      @Override
      public boolean await(Duration time) {
        return true;
      }

      @Override
      public void stop() {}
    };
  }

  private static void write(Order order, double loss) throws IOException {
    try (RunDirectory run =
        RunDirectory.create(order.run(), Files.readString(order.configuration()))) {
      run.history().begin(0, Map.of());
      Files.writeString(
          run.metricsFile(), "{\"step\":" + STEP + ",\"validation.loss\":" + loss + "}\n");
      run.history()
          .end(new RunHistory.End(STEP, Double.isFinite(loss) ? "complete" : "diverged", ""));
    }
  }
}
