package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.store.JsonLinesTail;
import dev.ebt.testing.ThreadProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training has recorded when it loses a process as its rows are validated. */
class LostProcessTest {
  /** The update after which the process is lost. */
  private static final int LOST = 2;

  private static final String WITH_BUFFERS = "regularizers=[{name: forgetful}]";

  @TempDir Path folder;
  private final ReferenceBackend unused = new ReferenceBackend();
  private final List<ThreadProcesses> processes = ThreadProcesses.of(List.of(unused, unused));
  private final Catalog catalog =
      Catalog.of(new CorePlugin(), new PointPlugin(), new ThreadsPlugin(processes));

  @AfterEach
  void close() {
    unused.close();
  }

  private TrainingRequest request(String run, int steps, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("points.yaml"), PointPlugin.CONFIGURATION);
    Overrides all =
        Overrides.of(
            "backend=threads",
            "training.batch=1",
            "training.accumulate=2",
            "training.steps=" + steps,
            "training.validateEvery=" + LOST);
    return TrainingRequest.ofFile(file)
        .withOverrides(all.and(Overrides.of(settings)))
        .withOut(folder.resolve(run));
  }

  /** Trains in two processes, one of which is lost before validation rows are evaluated. */
  private TrainingJob.Outcome losing(TrainingRequest request) {
    ResolvedConfiguration resolved = request.resolve(catalog);
    CompletableFuture<Long> other =
        CompletableFuture.supplyAsync(
            () -> {
              try (FollowingJob job = FollowingJob.begin(catalog, request, resolved, cluster(1))) {
                return job.run();
              }
            },
            work -> new Thread(work).start());
    try (TrainingJob job = TrainingJob.begin(catalog, request, resolved, cluster(0))) {
      return job.run(
          new TrainingListener() {
            @Override
            public void starting(TrainingPhase phase, long step) {
              if (phase == TrainingPhase.VALIDATION && step == LOST) {
                processes.get(0).lose();
              }
            }
          });
    } finally {
      assertThatThrownBy(other::join).hasCauseInstanceOf(LostProcessException.class);
    }
  }

  private static Cluster cluster(int rank) {
    return new Cluster(List.of("a:1", "b:2"), rank, Duration.ofSeconds(30));
  }

  private TrainingJob.Outcome alone(TrainingRequest request) {
    try (TrainingJob job = TrainingJob.begin(catalog, request)) {
      return job.run(new TrainingListener() {});
    }
  }

  private TrainingJob.Outcome resumed(String run) {
    try (TrainingJob job =
        TrainingJob.resume(catalog, folder.resolve(run), null, Overrides.none())) {
      return job.run(new TrainingListener() {});
    }
  }

  private List<Double> validationLosses(String run) {
    return JsonLinesTail.all(folder.resolve(run).resolve("metrics.jsonl")).stream()
        .map(line -> line.get("validation.loss"))
        .filter(Number.class::isInstance)
        .map(loss -> ((Number) loss).doubleValue())
        .toList();
  }

  private void assertValidatedLikeOne(String run, int steps) throws IOException {
    alone(request("alone", steps));
    List<Double> expected = validationLosses("alone");
    List<Double> found = validationLosses(run);
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), withinPercentage(1e-3));
    }
  }

  @Test
  void theLastUpdateIsValidatedAndTheTrainingIsComplete() throws IOException {
    assertThat(losing(request("run", LOST)))
        .isEqualTo(new TrainingJob.Outcome(LOST, TrainingJob.End.COMPLETE, ""));
    assertValidatedLikeOne("run", LOST);
  }

  @Test
  void anEarlierUpdateIsValidatedAndTheTrainingGoesOnFromIt() throws IOException {
    TrainingRequest request = request("run", 2 * LOST, "training.checkpointEvery=10");
    assertThatThrownBy(() -> losing(request))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "process 1 has ended. The training has stopped after update 2; resume it with --resume "
                + folder.resolve("run"));
    assertThat(validationLosses("run")).hasSize(1);
    assertThat(resumed("run").step()).isEqualTo(2 * LOST);
    assertValidatedLikeOne("run", 2 * LOST);
  }

  @Test
  void replayBuffersOfALostProcessAreLostWithTheUpdatesSinceTheLastCheckpoint() throws IOException {
    TrainingRequest request = request("run", LOST, WITH_BUFFERS);
    assertThatThrownBy(() -> losing(request))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("process 1 has ended. The training has stopped, and")
        .hasMessageEndingWith("--resume " + folder.resolve("run") + " goes on from update 1");
    assertThat(resumed("run").end()).isEqualTo(TrainingJob.End.COMPLETE);
    assertThat(validationLosses("run")).hasSize(1);
  }

  @Test
  void replayBuffersThatWereNeverSavedBeginAgain() throws IOException {
    TrainingRequest request =
        request("run", LOST, WITH_BUFFERS, "training.checkpointEvery=" + LOST);
    assertThatThrownBy(() -> losing(request))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "no checkpoint was saved before, and --resume "
                + folder.resolve("run")
                + " begins again");
    assertThat(resumed("run").end()).isEqualTo(TrainingJob.End.COMPLETE);
  }
}
