package dev.ebt.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.statistics.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepResultsTest {
  private static final SweepOptions USUAL = SweepOptions.usual();

  private static RunResult run(String rate, int seed, RunResult.State state, double loss) {
    return new RunResult(
        rate + seed,
        Path.of(rate + seed),
        Map.of("rate", rate, "seed", Integer.toString(seed)),
        state,
        9,
        Map.of(SweepOptions.LOSS, loss),
        "");
  }

  private static RunResult complete(String rate, int seed, double loss) {
    return run(rate, seed, RunResult.State.COMPLETE, loss);
  }

  @Test
  void differencesAreThoseOfOneSeed() {
    SweepResults results =
        SweepResults.of(
            List.of(
                complete("low", 1, 1),
                complete("low", 2, 3),
                complete("low", 3, 8),
                complete("high", 1, 1.5),
                complete("high", 2, 3.5),
                complete("high", 3, 8.5)),
            USUAL);

    SettingResult high = results.settings().get(1);

    assertThat(results.best().orElseThrow().setting()).isEqualTo(Map.of("rate", "low"));
    assertThat(high.difference()).contains(new Interval(0.5, 0.5, 0.5));
    assertThat(high.pairs()).isEqualTo(3);
    assertThat(high.average()).isCloseTo(4.5, within(1e-12));
    assertThat(high.mean().orElseThrow().low()).as("seeds differ").isLessThan(3);
    assertThat(results.settings().get(0).difference()).isEmpty();
  }

  @Test
  void aDivergedRunDoesNotCountAndItsSettingIsNotTheBest() {
    SweepResults results =
        SweepResults.of(
            List.of(
                complete("low", 1, 2), complete("low", 2, 3),
                complete("high", 1, 1), run("high", 2, RunResult.State.FAILED, 0.5)),
            USUAL);

    assertThat(results.best().orElseThrow().setting()).isEqualTo(Map.of("rate", "low"));
    assertThat(results.settings().get(1).bySeed()).isEqualTo(Map.of("1", 1.0));
    assertThat(results.settings().get(1).runs()).isEqualTo(2);
    assertThat(results.settings().get(1).pairs()).isEqualTo(1);
    assertThat(results.settings().get(1).difference()).isEmpty();
  }

  @Test
  void theHighestMayBeTheBest() {
    SweepResults results =
        SweepResults.of(
            List.of(complete("low", 1, 2), complete("high", 1, 3)),
            new SweepOptions(SweepOptions.LOSS, true, false));

    assertThat(results.best().orElseThrow().setting()).isEqualTo(Map.of("rate", "high"));
  }

  @Test
  void withoutAFinishedRunThereIsNoBest() {
    SweepResults results =
        SweepResults.of(List.of(run("low", 1, RunResult.State.UNFINISHED, 2)), USUAL);

    assertThat(results.best()).isEmpty();
    assertThat(results.settings().get(0).average()).isNaN();
  }

  @Test
  void halvingComparesAtValidationsAndKeepsTheBetterHalf() {
    List<PlannedRun> runs =
        List.of("a", "b", "c", "d", "e").stream()
            .map(name -> new PlannedRun(name, Map.of("x", name), "", 100, 10))
            .toList();

    assertThat(Halving.of(runs).rungs()).containsExactly(10, 20, 50, 100);
    assertThat(
            Halving.better(
                Set.of(Map.of("x", "a"), Map.of("x", "b"), Map.of("x", "c")),
                setting -> Map.of("a", Double.NaN, "b", 2.0, "c", 3.0).get(setting.get("x"))))
        .containsExactly(Map.of("x", "b"), Map.of("x", "c"));
  }
}
