package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.sweep.RunWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep is the same whatever interrupted it, and says what became of each run. */
class SweepCommandTest {
  private static final List<String> GRID =
      List.of("--grid", "training.learningRate=0.001,0.01", "--grid", "seed=1,2");

  @TempDir static Path folder;
  private static Tiny tiny;
  private static Path whole;
  private static Commands printed;

  /** Is killed in the middle of its nth training, whose first checkpoint is on disk. */
  private static final class Killed extends SameProcessWorkers {
    private final int last;

    Killed(int last) {
      this.last = last;
    }

    @Override
    public RunWorker start(Order order) {
      if (begun.size() < last) {
        return super.start(order);
      }
      super.start(new Order(order.configuration(), order.run(), 2, order.log(), order.parallel()));
      try {
        // As a kill leaves it: the beginning of a training is the last line of its history.
        Path history = order.run().resolve("history.jsonl");
        Files.write(history, Files.readAllLines(history).subList(0, 1));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      throw new IllegalStateException("killed");
    }
  }

  @BeforeAll
  static void sweep() throws IOException {
    tiny = Tiny.in(folder);
    whole = folder.resolve("whole");
    printed = SameProcessWorkers.ebt(new SameProcessWorkers(), line(whole));
  }

  private static String[] line(Path out, String... more) {
    List<String> line = new ArrayList<>(List.of("sweep", tiny.path("tiny.yaml")));
    line.addAll(List.of("--out", out.toString()));
    line.addAll(GRID);
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private static String csv(Path sweep) throws IOException {
    return Files.readString(sweep.resolve("results.csv"));
  }

  @Test
  void theTableHasAMeanForEachSettingAndTheDifferenceOfPairs() throws IOException {
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.out().lines().toList())
        .hasSize(6)
        .first()
        .asString()
        .contains("training.learningRate", "validation.loss", "95 % interval of pairs");
    assertThat(printed.out()).contains("2 of 2", "best", "results.csv", "results.svg");
    assertThat(csv(whole).lines()).hasSize(5);
    assertThat(csv(whole)).contains("\"learningRate=0.01,seed=2\",0.01,2,complete,4,");
    assertThat(Files.readString(whole.resolve("results.svg"))).contains("<svg", "learningRate");
    JsonNode json = new ObjectMapper().readTree(whole.resolve("results.json").toFile());
    assertThat(json.path("settings")).hasSize(2);
    assertThat(json.at("/settings/0/finished").asInt()).isEqualTo(2);
  }

  @Test
  void killedThreeTimesItGivesTheSameTable() throws IOException {
    Path out = folder.resolve("killed");
    List<String> begun = new ArrayList<>();
    for (int kill = 0; kill < 3; kill++) {
      Killed killed = new Killed(kill == 0 ? 1 : 0);
      Commands done =
          kill == 0
              ? SameProcessWorkers.ebt(killed, line(out))
              : SameProcessWorkers.ebt(killed, "sweep", "--resume", out.toString());
      assertThat(done.code()).as(done.err()).isEqualTo(1);
      begun.addAll(killed.begun);
    }
    SameProcessWorkers rest = new SameProcessWorkers();
    Commands done = SameProcessWorkers.ebt(rest, "sweep", "--resume", out.toString());

    assertThat(csv(out)).isEqualTo(csv(whole));
    assertThat(done.out().replace("killed", "whole")).isEqualTo(printed.out());
    begun.addAll(rest.begun);
    assertThat(begun)
        .filteredOn(run -> run.startsWith("learningRate=0.001,seed=1 "))
        .as("a finished run is not repeated")
        .hasSize(1);
    for (String run : List.of("learningRate=0.001,seed=2", "learningRate=0.01,seed=2")) {
      assertThat(Tiny.metrics(out.resolve("runs").resolve(run)))
          .isEqualTo(Tiny.metrics(whole.resolve("runs").resolve(run)));
    }
    assertThat(SameProcessWorkers.ebt(new Killed(0), "sweep", "--resume", out.toString()).code())
        .as("nothing is left to train")
        .isZero();
  }

  @Test
  void processesTrainAndARealKillLosesNothing() throws IOException, InterruptedException {
    Path out = folder.resolve("processes");
    try (EbtProcess process = EbtProcess.start(folder, line(out))) {
      Path first = out.resolve("runs/learningRate=0.001,seed=1/checkpoints/step-00000004");
      process.await(() -> Files.exists(first));
      process.kill();
    }

    Commands done = null;
    for (int i = 0; i < 100 && (done == null || done.err().contains("in use")); i++) {
      done = SameProcessWorkers.ebt(new SameProcessWorkers(), "sweep", "--resume", out.toString());
      Thread.sleep(100);
    }

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(csv(out)).isEqualTo(csv(whole));
  }

  @Test
  void aRunThatDivergesIsRecordedAndNotFatal() throws IOException {
    Path out = folder.resolve("diverging");
    Commands done =
        SameProcessWorkers.ebt(
            new SameProcessWorkers(),
            "sweep",
            tiny.path("tiny.yaml"),
            "--grid",
            "training.learningRate=0.01,1e30",
            "--out",
            out.toString());

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.out()).contains("learningRate=1e30: diverged after update 0: ");
    assertThat(csv(out)).contains("learningRate=1e30,1e30,diverged,0,");
    SameProcessWorkers again = new SameProcessWorkers();
    assertThat(SameProcessWorkers.ebt(again, "sweep", "--resume", out.toString()).code()).isZero();
    assertThat(again.begun).as("it would diverge again").isEmpty();
  }

  @Test
  void aRunThatFailedForAnotherReasonIsTrainedByTheNextResume() throws IOException {
    Path out = folder.resolve("failed");
    SameProcessWorkers full =
        new SameProcessWorkers() {
          @Override
          public RunWorker start(Order order) {
            return begun.isEmpty()
                ? refused(order, "no space left on the disk")
                : super.start(order);
          }
        };
    assertThat(SameProcessWorkers.ebt(full, line(out)).code()).isZero();
    assertThat(csv(out)).contains("\"learningRate=0.001,seed=1\",0.001,1,failed,0,");

    SameProcessWorkers again = new SameProcessWorkers();
    assertThat(SameProcessWorkers.ebt(again, "sweep", "--resume", out.toString()).code()).isZero();
    assertThat(again.begun).containsExactly("learningRate=0.001,seed=1 to 4");
    assertThat(csv(out)).isEqualTo(csv(whole));
  }

  @Test
  void halvingComparesNothingBeforeEveryRunIsThere() throws IOException {
    Path out = folder.resolve("missing");
    SameProcessWorkers early =
        new SameProcessWorkers() {
          @Override
          public RunWorker start(Order order) {
            long until = begun.isEmpty() ? 2 : order.until();
            return super.start(
                new Order(
                    order.configuration(), order.run(), until, order.log(), order.parallel()));
          }
        };
    Commands first =
        SameProcessWorkers.ebt(early, line(out, "--halving", "--set", "training.steps=8"));
    assertThat(first.code()).as(first.out()).isEqualTo(1);
    assertThat(first.err()).doesNotContain("settings go on");

    SameProcessWorkers rest = new SameProcessWorkers();
    assertThat(SameProcessWorkers.ebt(rest, "sweep", "--resume", out.toString()).code()).isZero();
    assertThat(csv(out).lines().filter(l -> l.contains(",dropped,4,"))).hasSize(2);
    assertThat(csv(out).lines().filter(l -> l.contains(",complete,8,"))).hasSize(2);
  }

  @Test
  void halvingStopsTheWorseHalfEarly() throws IOException {
    Path out = folder.resolve("halved");
    SameProcessWorkers workers = new SameProcessWorkers();
    Commands done =
        SameProcessWorkers.ebt(workers, line(out, "--halving", "--set", "training.steps=8"));

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("after update 4 the better 1 of 2 settings go on");
    assertThat(csv(out).lines().filter(l -> l.contains(",dropped,4,"))).hasSize(2);
    assertThat(csv(out).lines().filter(l -> l.contains(",complete,8,"))).hasSize(2);
    assertThat(workers.begun).hasSize(6);
    String before = csv(out);
    SameProcessWorkers again = new SameProcessWorkers();
    assertThat(SameProcessWorkers.ebt(again, "sweep", "--resume", out.toString()).code()).isZero();
    assertThat(again.begun).isEmpty();
    assertThat(csv(out)).isEqualTo(before);
  }

  @Test
  void existingRunsAreComparedLikeThoseOfASweep() throws IOException {
    List<String> line = new ArrayList<>(List.of("compare"));
    for (String run : List.of("0.001,seed=1", "0.001,seed=2", "0.01,seed=1", "0.01,seed=2")) {
      line.add(whole.resolve("runs/learningRate=" + run).toString());
    }
    String[] runs = line.toArray(String[]::new);

    assertThat(fine(runs).out().lines().toList())
        .isEqualTo(printed.out().lines().limit(3).toList());
    line.addAll(List.of("--metric", "validation.los"));
    assertThat(refusal(line.toArray(String[]::new)))
        .contains("no run has the metric 'validation.los'; there are validation.accuracy, ");
    assertThat(refusal("compare", folder.resolve("none").toString())).contains("no such run");
  }

  @Test
  void aDryRunListsTheRunsAndTrainsNone() {
    Path out = folder.resolve("dry");
    Commands done = SameProcessWorkers.ebt(new Killed(0), line(out, "--dry-run"));

    assertThat(done.out())
        .isEqualTo(
            """
            learningRate=0.001,seed=1  4 updates
            learningRate=0.001,seed=2  4 updates
            learningRate=0.01,seed=1  4 updates
            learningRate=0.01,seed=2  4 updates
            4 runs, 16 updates
            """);
    assertThat(out).doesNotExist();
  }

  @Test
  void mistakesAreNamedBeforeAnythingRuns() throws IOException {
    String yaml = tiny.path("tiny.yaml");
    String out = folder.resolve("new").toString();
    assertThat(refusal("sweep", yaml, "--out", out)).contains("needs at least one --grid");
    assertThat(refusal("sweep", yaml, "--grid", "training.step=1,2", "--out", out))
        .contains("--grid training.step: unknown key", "did you mean 'steps'?");
    assertThat(refusal("sweep", yaml, "--grid", "seed=1,2,1", "--out", out))
        .contains("--grid seed: the value 1 is there twice; once expected");
    assertThat(refusal("sweep", yaml, "--grid", "training.learningRate=0.1,0.10", "--out", out))
        .contains("learningRate=0.1 and learningRate=0.10 have the same configuration");
    assertThat(refusal("sweep", yaml, "--grid", "seed=1,2", "--set", "seed=3", "--out", out))
        .contains("seed is set by --set and varied by --grid; remove one of them");
    assertThat(refusal("sweep", yaml, "--grid", "seed=1,2", "--halving", "--out", out))
        .contains("--halving stops the worse half of several settings; there is one");
    assertThat(refusal("sweep", yaml, "--grid", "model.width=8,16,32,64", "--halving"))
        .contains("set training.validateEvery to 1 or less, it is 2");
    assertThat(refusal(line(whole))).contains("already exists; continue it with --resume " + whole);
    assertThat(refusal("sweep", "--resume", whole.toString(), "--halving")).contains("--resume");
    assertThat(refusal("sweep", "--resume", folder.toString())).contains("is not a sweep");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void runsOfTwoVersionsAreNotMixed() throws IOException {
    Path out = Files.createDirectories(folder.resolve("old"));
    Path plan = whole.resolve("plan.json");
    Files.writeString(
        out.resolve("plan.json"),
        Files.readString(plan).replaceAll("commit [\\w+]+", "commit abc"));
    Files.createDirectories(out.resolve("configurations"));
    try (var files = Files.list(whole.resolve("configurations"))) {
      for (Path file : files.toList()) {
        Files.copy(file, out.resolve("configurations").resolve(file.getFileName()));
      }
    }

    assertThat(refusal("sweep", "--resume", out.toString()))
        .contains("commit abc; this is ebt ", "Begin again with another --out");
  }

  @Test
  void aFolderIsUsedByOneSweepAtATime() {
    RunWorkers nested =
        order -> {
          assertThat(refusal("sweep", "--resume", folder.resolve("used").toString()))
              .contains("is in use by another sweep");
          throw new IllegalStateException("enough");
        };

    assertThat(SameProcessWorkers.ebt(nested, line(folder.resolve("used"))).err())
        .contains("enough");
  }
}
