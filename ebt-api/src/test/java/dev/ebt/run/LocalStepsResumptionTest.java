package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Cluster;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.monitor.TrainingListener;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.ResolvedConfiguration;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import dev.ebt.testing.ThreadProcesses;
import dev.ebt.train.EpochShuffle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that are resumed by another number of processes, or with other local steps. */
class LocalStepsResumptionTest {
  private static final int STEPS = 8;
  private static final int HALF = 4;
  private static final int ROWS = 6;
  private static final long SEED = 11;

  @TempDir Path folder;
  private final ReferenceBackend unused = new ReferenceBackend();
  private final List<Integer> drawn = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    unused.close();
  }

  /** The rows of one epoch, a whole training. Those drawn are noted, but for the first. */
  private final class NotedRows implements Examples {
    private final Examples rows = new PointPlugin.Points(STEPS * ROWS);

    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public Batch batch(int... numbers) {
      IntStream.of(numbers).filter(n -> n > 0).forEach(drawn::add); // 0 shows what rows are like.
      return rows.batch(numbers);
    }
  }

  private final class NotedData implements Dataset {
    private final Dataset points = new PointPlugin.Data();

    @Override
    public String description() {
      return points.description();
    }

    @Override
    public String fingerprint() {
      return points.fingerprint();
    }

    @Override
    public Examples training() {
      return new NotedRows();
    }

    @Override
    public Examples validation() {
      return points.validation();
    }
  }

  private final class NotedPlugin implements EbtPlugin {
    @Override
    public String name() {
      return "noted";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Factory<? extends Dataset, ?>> datasets() {
      return List.of(
          Factory.of(
              "noted", "points", PointPlugin.None.class, (settings, context) -> new NotedData()));
    }
  }

  private Catalog catalog(int processes) {
    return Catalog.of(
        new CorePlugin(),
        new PointPlugin(),
        new NotedPlugin(),
        new ThreadsPlugin(ThreadProcesses.of(Collections.nCopies(processes, unused))));
  }

  private static Cluster cluster(int rank, int processes) {
    List<String> addresses = List.of("a:1", "b:2", "c:3").subList(0, processes);
    return new Cluster(addresses, rank, Duration.ofSeconds(30));
  }

  /** Opens jobs of all processes and trains to the end. */
  private static void train(
      int processes, Function<Cluster, FollowingJob> other, Function<Cluster, TrainingJob> first) {
    List<CompletableFuture<Long>> others =
        IntStream.range(1, processes)
            .mapToObj(rank -> follow(() -> other.apply(cluster(rank, processes))))
            .toList();
    try (TrainingJob job = first.apply(cluster(0, processes))) {
      assertThat(job.run(new TrainingListener() {}).end()).isEqualTo(TrainingJob.End.COMPLETE);
    }
    others.forEach(follower -> assertThat(follower.join()).isEqualTo(STEPS));
  }

  private static CompletableFuture<Long> follow(Supplier<FollowingJob> opening) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (FollowingJob job = opening.get()) {
            return job.run();
          }
        },
        work -> new Thread(work).start());
  }

  /** Trains with processes that have one batch each, of two batches for one process. */
  private Path trained(String run, int processes, int localSteps) throws IOException {
    Path file = Files.writeString(folder.resolve("points.yaml"), PointPlugin.CONFIGURATION);
    int batches = Math.max(2, processes);
    TrainingRequest request =
        TrainingRequest.ofFile(file)
            .withOverrides(
                Overrides.of(
                    "seed=" + SEED,
                    "backend=threads",
                    "data=noted",
                    "training.batch=" + ROWS / batches,
                    "training.accumulate=" + batches,
                    "training.steps=" + STEPS,
                    "training.localSteps=" + localSteps,
                    "training.emaDecay=0.9",
                    "training.validateEvery=4",
                    "training.checkpointEvery=4"))
            .withOut(folder.resolve(run));
    Catalog catalog = catalog(processes);
    ResolvedConfiguration resolved = request.resolve(catalog);
    drawn.clear();
    train(
        processes,
        cluster -> FollowingJob.begin(catalog, request, resolved, cluster),
        cluster -> TrainingJob.begin(catalog, request, resolved, processes == 1 ? null : cluster));
    return folder.resolve(run);
  }

  /** Goes on from the middle, as the command line does. */
  private void resume(Path run, int processes, int localSteps) {
    Catalog catalog = catalog(processes);
    Overrides changes =
        SharedBatches.share(
            catalog,
            run,
            Overrides.of("training.localSteps=" + localSteps),
            processes,
            Origin.option("--processes"));
    drawn.clear();
    train(
        processes,
        cluster -> FollowingJob.resume(catalog, run, changes, cluster),
        cluster ->
            TrainingJob.resume(
                catalog, run, Integer.toString(HALF), changes, processes == 1 ? null : cluster));
  }

  private static Map<String, Array> tensors(Path run, String file) {
    return Safetensors.read(run.resolve("checkpoints/step-0000000" + STEPS).resolve(file))
        .tensors();
  }

  private static void assertClose(Path run, Path expected) {
    for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
      Map<String, Array> found = tensors(run, file);
      assertThat(found).isNotEmpty();
      tensors(expected, file)
          .forEach(
              (name, value) ->
                  assertThat(found.get(name).doubles())
                      .as(name)
                      .containsExactly(value.doubles(), within(1e-5)));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1, 2", "2, 3", "3, 2"})
  void everyRowIsTrainedOnOncePerEpoch(int before, int after) throws IOException {
    Path run = trained("run", before, before == 1 ? 1 : 2);
    List<Integer> all = IntStream.range(1, STEPS * ROWS).boxed().toList();
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(all);

    resume(run, after, after == 1 ? 1 : 2);
    List<Integer> rest = rows((long) HALF * ROWS, STEPS * ROWS);
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(rest);
  }

  /** Returns the rows at positions of the training, but for the first row. */
  private static List<Integer> rows(long from, long to) {
    EpochShuffle order = new EpochShuffle(STEPS * ROWS, SEED);
    return IntStream.of(order.rows(from, (int) (to - from))).filter(n -> n > 0).boxed().toList();
  }

  @Test
  void oneProcessGoesOnAsTwoThatSumGradients() throws IOException {
    Path one = trained("one", 2, 2);
    resume(one, 1, 1);
    Path two = trained("two", 2, 2);
    resume(two, 2, 1);
    assertClose(one, two);
  }

  @Test
  void localStepsGoOnFromWhatOneProcessHasTrained() throws IOException {
    Path one = trained("one", 1, 1);
    assertThat(tensors(one, "optimizer.safetensors").keySet())
        .anyMatch(name -> name.startsWith("average."));
    resume(one, 2, 2);
    Path two = trained("two", 2, 1);
    resume(two, 2, 2);
    assertClose(one, two);
  }

  @Test
  void oneProcessDoesNotGoOnWithLocalSteps() throws IOException {
    Path run = trained("run", 2, 2);
    assertThatThrownBy(() -> resume(run, 1, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("start several (--processes 2), or set it to 1");
  }
}
