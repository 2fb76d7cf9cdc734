package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingEndTest {
  @TempDir Path folder;

  /** Trains until the time is up after the first update, and is stopped then or is not. */
  private TrainingJob.Outcome timeIsUpAfterAnUpdate(boolean stopped) throws IOException {
    Path file = Files.writeString(folder.resolve("points.yaml"), PointPlugin.CONFIGURATION);
    TrainingRequest request =
        TrainingRequest.ofFile(file)
            .withOverrides(Overrides.of("training.steps=3"))
            .withOut(folder.resolve("run"));
    AtomicBoolean timeIsUp = new AtomicBoolean();
    try (TrainingJob job =
        TrainingJob.begin(Catalog.of(new CorePlugin(), new PointPlugin()), request)) {
      return job.run(
          new TrainingListener() {
            @Override
            public void stepped(long step, StepMetrics metrics) {
              timeIsUp.set(true);
              if (stopped) {
                job.stop();
              }
            }
          },
          timeIsUp::get);
    }
  }

  @Test
  void theTimeLimitEndsATraining() throws IOException {
    assertThat(timeIsUpAfterAnUpdate(false))
        .isEqualTo(new TrainingJob.Outcome(1, TrainingJob.End.TIME_LIMIT, ""));
  }

  @Test
  void aTrainingThatIsStoppedIsStoppedWhateverTheTime() throws IOException {
    assertThat(timeIsUpAfterAnUpdate(true))
        .isEqualTo(new TrainingJob.Outcome(1, TrainingJob.End.STOPPED, ""));
  }
}
