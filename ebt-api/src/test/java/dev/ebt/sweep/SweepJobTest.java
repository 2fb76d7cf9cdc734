package dev.ebt.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepJobTest {
  @TempDir Path folder;

  /** Returns the numbers of trainings at the same time that workers are told. */
  private List<Integer> shares(int runs, int parallel) {
    List<PlannedRun> planned =
        IntStream.range(0, runs)
            .mapToObj(seed -> Map.of("seed", String.valueOf(seed)))
            .map(values -> new PlannedRun(PlannedRun.nameOf(values), values, "seed: 1\n", 2, 1))
            .toList();
    SweepFolder sweep =
        SweepFolder.create(
            folder.resolve(runs + "-" + parallel), new SweepPlan(planned, SweepOptions.usual()));
    List<Integer> shares = Collections.synchronizedList(new ArrayList<>());
    RunWorkers workers =
        order -> {
          shares.add(order.parallel());
          return new Ended();
        };
    try (SweepJob job = new SweepJob(sweep, workers, parallel)) {
      job.run(new SweepListener() {});
    }
    return shares;
  }

  /** A training that ended at once, without a run. */
  private record Ended() implements RunWorkers.RunWorker {
    @Override
    public boolean await(Duration time) {
      return true;
    }

    @Override
    public void stop() {}
  }

  @Test
  void processorsAreSharedByAsManyRunsAsThereAre() {
    assertThat(shares(1, 4)).containsExactly(1);
    assertThat(shares(3, 4)).containsExactly(3, 3, 3);
    assertThat(shares(3, 2)).containsExactly(2, 2, 2);
  }
}
