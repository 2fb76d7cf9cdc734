package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainingJob;
import dev.ebt.run.TrainingRequest;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.store.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that learns, under the eyes of every monitor there is: none has anything to say. */
class HealthyTrainingTest {
  private static final int STEPS = 100;
  private static final int VALIDATE_EVERY = 10;

  private static final Catalog CATALOG = Plugins.discover(List.of());

  @TempDir private Path folder;

  @Test
  void noMonitorWarnsOfTheRecipeBrackets() {
    Set<String> monitors = CATALOG.names(PartKind.MONITOR);
    assertThat(monitors).hasSizeGreaterThan(10);
    TrainingRequest request =
        TrainingRequest.of("brackets", null)
            .withOut(folder.resolve("run"))
            .withOverrides(
                Overrides.of(
                    "monitors=[" + String.join(", ", monitors) + "]",
                    "model.size=null",
                    "model.layers=1",
                    "model.heads=2",
                    "model.width=32",
                    "modality.length=32",
                    "training.batch=8",
                    "training.steps=" + STEPS,
                    "training.validateEvery=" + VALIDATE_EVERY,
                    "training.validationRows=16",
                    "training.checkpointEvery=" + STEPS,
                    "schedule.warmUp=20"));
    try (TrainingJob job = TrainingJob.begin(CATALOG, request)) {
      assertThat(job.run(new TrainingListener() {}).end()).isEqualTo(TrainingJob.End.COMPLETE);
    }

    RunDirectory run = RunDirectory.read(folder.resolve("run"));
    assertThat(run.history().warnings()).isEmpty();
    assertThat(JsonLinesTail.all(folder.resolve("run/metrics.jsonl")))
        .filteredOn(line -> line.containsKey("validation.unstable"))
        .hasSize(STEPS / VALIDATE_EVERY);
  }
}
