package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.LostProcessException;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.monitor.Monitor;
import dev.ebt.monitor.MonitorAction;
import dev.ebt.monitor.MonitoredTraining;
import dev.ebt.monitor.StepMetrics;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.monitor.TrainingPhase;
import dev.ebt.monitor.TrainingWarning;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.testing.ThreadProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose processes make updates by themselves: files, stops, losses, refusals. */
class LocalStepsTest {
  private static final String LAST = "checkpoints/step-00000008";

  @TempDir Path folder;
  private final ReferenceBackend unused = new ReferenceBackend();
  private List<ThreadProcesses> processes = List.of();

  @AfterEach
  void close() {
    unused.close();
  }

  private Catalog catalog() {
    processes = ThreadProcesses.of(List.of(unused, unused));
    return Catalog.of(
        new CorePlugin(),
        new PointPlugin().with("skipping", new Skipping()).with("once", new RollsBackOnce()),
        new ThreadsPlugin(processes));
  }

  private record Skipping() implements Monitor {
    @Override
    public boolean skipsUpdates() {
      return true;
    }
  }

  /** Rolls back once, in the middle between two averages. */
  private static final class RollsBackOnce implements Monitor {
    private MonitoredTraining training;
    private boolean done;

    @Override
    public void begin(MonitoredTraining begun) {
      training = begun;
    }

    @Override
    public void stepped(long step, StepMetrics metrics) {
      if (step == 5 && !done) {
        done = true;
        training.warn(new TrainingWarning("once", "a", "test", "only"), MonitorAction.ROLL_BACK);
      }
    }
  }

  private TrainingRequest request(String run, String... settings) throws IOException {
    return request(run, 2, settings);
  }

  private TrainingRequest request(String run, int localSteps, String... settings)
      throws IOException {
    Path file = Files.writeString(folder.resolve("points.yaml"), PointPlugin.CONFIGURATION);
    Overrides all =
        Overrides.of(
            "backend=threads",
            "training.batch=1",
            "training.accumulate=2",
            "training.steps=8",
            "training.localSteps=" + localSteps,
            "training.validateEvery=4",
            "training.checkpointEvery=4");
    return TrainingRequest.ofFile(file)
        .withOverrides(all.and(Overrides.of(settings)))
        .withOut(folder.resolve(run));
  }

  private static Cluster cluster(int rank) {
    return new Cluster(List.of("a:1", "b:2"), rank, Duration.ofSeconds(30));
  }

  /** A process that follows, and what it throws. */
  private static CompletableFuture<Long> following(Function<Cluster, FollowingJob> opening) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (FollowingJob job = opening.apply(cluster(1))) {
            return job.run();
          }
        },
        work -> new Thread(work).start());
  }

  private TrainingJob.Outcome train(TrainingRequest request, TrainingListener listener) {
    Catalog catalog = catalog();
    ResolvedConfiguration resolved = request.resolve(catalog);
    CompletableFuture<Long> other =
        following(cluster -> FollowingJob.begin(catalog, request, resolved, cluster));
    try (TrainingJob job = TrainingJob.begin(catalog, request, resolved, cluster(0))) {
      TrainingJob.Outcome outcome = job.run(listener);
      assertThat(other.join()).isEqualTo(outcome.step());
      return outcome;
    } catch (UserException e) {
      assertThatThrownBy(other::join).hasCauseInstanceOf(LostProcessException.class);
      throw e;
    }
  }

  private void resume(String run) {
    Catalog catalog = catalog();
    Path path = folder.resolve(run);
    CompletableFuture<Long> other =
        following(cluster -> FollowingJob.resume(catalog, path, Overrides.none(), cluster));
    try (TrainingJob job = TrainingJob.resume(catalog, path, null, Overrides.none(), cluster(0))) {
      assertThat(job.run(new TrainingListener() {}).end()).isEqualTo(TrainingJob.End.COMPLETE);
      assertThat(other.join()).isEqualTo(8);
    }
  }

  private void assertSameState(String run, String expected) {
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      assertThat(folder.resolve(run).resolve(LAST).resolve(file))
          .hasSameBinaryContentAs(folder.resolve(expected).resolve(LAST).resolve(file));
    }
  }

  /** A listener that acts as an update begins. */
  private static TrainingListener at(long update, Runnable action) {
    return new TrainingListener() {
      @Override
      public void starting(TrainingPhase phase, long step) {
        if (phase == TrainingPhase.UPDATE && step == update) {
          action.run();
        }
      }
    };
  }

  @Test
  void aStopIsAfterTheNextAverageAndTheRunGoesOnBitForBit() throws IOException {
    train(request("whole"), new TrainingListener() {});
    TrainingRequest request = request("stopped");
    Catalog catalog = catalog();
    ResolvedConfiguration resolved = request.resolve(catalog);
    CompletableFuture<Long> other =
        following(cluster -> FollowingJob.begin(catalog, request, resolved, cluster));
    try (TrainingJob job = TrainingJob.begin(catalog, request, resolved, cluster(0))) {
      TrainingJob.Outcome outcome = job.run(at(5, job::stop));
      assertThat(outcome).isEqualTo(new TrainingJob.Outcome(6, TrainingJob.End.STOPPED, ""));
      assertThat(other.join()).isEqualTo(6);
    }
    resume("stopped");
    assertSameState("stopped", "whole");
  }

  @Test
  void localUpdatesDifferFromSummedOnes() throws IOException {
    train(request("local"), new TrainingListener() {});
    train(request("summed", 1), new TrainingListener() {});
    assertThat(
            Files.readAllBytes(folder.resolve("local").resolve(LAST).resolve("model.safetensors")))
        .isNotEqualTo(
            Files.readAllBytes(
                folder.resolve("summed").resolve(LAST).resolve("model.safetensors")));
  }

  @Test
  void aLostProcessLosesTheUpdatesSinceTheLastCheckpoint() throws IOException {
    train(request("whole"), new TrainingListener() {});
    TrainingRequest request = request("lost");
    assertThatThrownBy(() -> train(request, at(8, () -> processes.get(0).lose())))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "process 1 has ended. The training has stopped, and the updates since the latest"
                + " checkpoint are lost, as between two averages of the processes"
                + " (training.localSteps) there is nothing complete to save; --resume "
                + folder.resolve("lost")
                + " goes on from update 4");
    assertThat(folder.resolve("lost").resolve("checkpoints/step-00000007")).doesNotExist();
    resume("lost");
    assertSameState("lost", "whole");
  }

  @Test
  void aProcessLostBeforeTheFirstCheckpointLosesAllUpdates() throws IOException {
    TrainingRequest request = request("lost");
    assertThatThrownBy(() -> train(request, at(2, () -> processes.get(0).lose())))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "process 1 has ended. The training has stopped, and all updates are lost, as between"
                + " two averages of the processes (training.localSteps) there is nothing complete"
                + " to save; no checkpoint was saved before, and --resume "
                + folder.resolve("lost")
                + " begins again");
  }

  @Test
  void aProcessLostAtAnAverageLosesNothing() throws IOException {
    TrainingRequest request = request("lost");
    assertThatThrownBy(() -> train(request, at(7, () -> processes.get(0).lose())))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "stopped after update 6; resume it with --resume " + folder.resolve("lost"));
    assertThat(folder.resolve("lost").resolve("checkpoints/step-00000006")).exists();
  }

  @Test
  void aRollBackIsAfterTheNextAverage() throws IOException {
    TrainingRequest request = request("rolled", "monitors=[{name: once}]");
    List<Long> updates = new ArrayList<>();
    TrainingJob.Outcome outcome =
        train(
            request,
            new TrainingListener() {
              @Override
              public void stepped(long step, StepMetrics metrics) {
                updates.add(step);
              }
            });
    assertThat(outcome.end()).isEqualTo(TrainingJob.End.COMPLETE);
    assertThat(updates).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 5L, 6L, 7L, 8L);
    assertThat(folder.resolve("rolled/history.jsonl")).content().contains("roll-back");
  }

  @Test
  void whatCannotBeRightIsRefused() throws IOException {
    Catalog catalog = catalog();
    TrainingRequest alone = request("alone");
    assertThatThrownBy(() -> TrainingJob.begin(catalog, alone))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training.localSteps is 2, the updates between two averages of several processes, and"
                + " one process trains; start several (--processes 2), or set it to 1");
    TrainingRequest skipping = request("skipping", "monitors=[{name: skipping}]");
    assertThatThrownBy(
            () -> TrainingJob.begin(catalog, skipping, skipping.resolve(catalog), cluster(0)))
        .hasMessageStartingWith(
            "monitors has skipping with action skip, but with training.localSt");
    train(request("shared"), new TrainingListener() {});
    assertThatThrownBy(() -> ReplayJob.of(catalog, folder.resolve("shared"), null, 0))
        .hasMessageStartingWith("the run has training.localSteps 2: each of its processes made");
  }
}
