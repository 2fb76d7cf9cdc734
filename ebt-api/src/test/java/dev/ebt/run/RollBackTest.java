package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.plugin.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollBackTest {
  @TempDir Path folder;

  /** Rolls back once, after the third update, and records what it is called for. */
  private static final class Recording implements Monitor {
    private final List<String> calls = new ArrayList<>();
    private MonitoredTraining training;

    @Override
    public void begin(MonitoredTraining begun) {
      training = begun;
    }

    @Override
    public void stepped(long step, StepMetrics metrics) {
      calls.add("update " + step);
      if (calls.size() == 3) {
        training.warn(new TrainingWarning("once", "a", "test", "only"), MonitorAction.ROLL_BACK);
      }
    }

    @Override
    public void rolledBack(long step) {
      calls.add("back to " + step);
    }
  }

  @Test
  void monitorsKnowOfARollBackBeforeTheTrainingGoesOn() throws IOException {
    Recording recording = new Recording();
    Path file = Files.writeString(folder.resolve("points.yaml"), PointPlugin.CONFIGURATION);
    TrainingRequest request =
        TrainingRequest.ofFile(file)
            .withOverrides(
                Overrides.of(
                    "training.steps=4", "training.checkpointEvery=2", "monitors=[recording]"))
            .withOut(folder.resolve("run"));
    Catalog catalog = Catalog.of(new CorePlugin(), new PointPlugin().with("recording", recording));
    try (TrainingJob job = TrainingJob.begin(catalog, request)) {
      job.run(new TrainingListener() {});
    }
    assertThat(recording.calls)
        .containsExactly("update 1", "update 2", "update 3", "back to 2", "update 3", "update 4");
  }
}
