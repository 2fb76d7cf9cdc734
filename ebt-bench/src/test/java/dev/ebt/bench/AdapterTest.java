package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.store.AdapterBase;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.StoredCheckpoint;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on from another run with low-rank adapters, or with frozen parameters. */
class AdapterTest {
  private static final String RANK = "--set=training.adapter.rank=2";
  private static final String FOUR = "--set=training.steps=4";
  private static final String LONG = "--set=schedule.decaySteps=4";
  private static final String FAST = "--set=training.learningRate=0.05";

  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("base").toString();
  }

  private static Path adapted(String from, String name, String... more) {
    String[] line = {"train", "--from", from, "--out", tiny.path(name)};
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    assertThat(fine(all).err()).contains("trained   ");
    return folder.resolve(name);
  }

  private static StoredCheckpoint latest(Path of) {
    return StoredCheckpoint.of(of, "latest");
  }

  private static double loss(Path model) {
    String out = fine("eval", model.toString(), "--json", "--rows", "4").out();
    return Double.parseDouble(out.replaceAll("(?s).*\"loss\" ?: ?([0-9.]+).*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoregressive", "transformer"})
  void anAdapterIsStoredAloneAndUsedAsAnyModel(String model) throws IOException {
    String name = "base-" + model;
    String objective = model.equals("transformer") ? "likelihood" : "{name: s1, steps: 2}";
    fine(tiny.train(name, "--set=model.name=" + model, "--set=objective=" + objective));
    Path base = folder.resolve(name);
    Path tuned = adapted(base.toString(), "lora-" + model, RANK, FAST, FOUR);

    Map<String, Array> before = latest(base).parameters();
    Map<String, Array> after = latest(tuned).parameters();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    long changed =
        after.keySet().stream().filter(key -> !after.get(key).equals(before.get(key))).count();
    assertThat(changed).isPositive().isLessThan(after.size());
    Path file = latest(tuned).folder().resolve("model.safetensors");
    assertThat(Files.size(file))
        .isLessThan(Files.size(latest(base).folder().resolve("model.safetensors")) / 4);
    assertThat(latest(tuned).optimizer().keySet())
        .allMatch(key -> key.startsWith("adapter.") || key.contains(".adapter."));

    Path exported = folder.resolve("exported-" + model);
    fine("export", tuned.toString(), "--out", exported.toString());
    assertThat(latest(exported).parameters()).isEqualTo(after);
    assertThat(latest(exported).progress().parts())
        .doesNotContainKeys(AdapterBase.PART, "base.relative");
    assertThat(loss(exported)).isEqualTo(loss(tuned)).isNotCloseTo(loss(base), within(1e-9));
    fine("think", tuned.toString(), "--prompt", "line", "--count", "2");
  }

  @Test
  void aResumedAdapterGoesOnBitForBit() throws IOException {
    Path whole = adapted(run, "whole", RANK, FAST, LONG, FOUR);
    Path halves = adapted(run, "halves", RANK, FAST, LONG, "--set=training.steps=2");
    fine("train", "--resume", halves.toString(), FOUR);

    assertThat(latest(halves).parameters()).isEqualTo(latest(whole).parameters());
    assertThat(latest(halves).optimizer()).isEqualTo(latest(whole).optimizer());
  }

  @Test
  void aBaseThatIsGoneOrChangedIsSaid() throws IOException {
    Path base = folder.resolve("moving");
    fine("export", run, "--out", base.toString());
    Path tuned = adapted(base.toString(), "left", RANK, FOUR, "--set=training.checkpointEvery=2");
    Path aside = Files.move(base, folder.resolve("aside"));
    assertThat(tuned.resolve("checkpoints/step-00000002")).exists();
    assertThat(refusal("eval", tuned.toString()))
        .contains("has low-rank adapters of " + base, "which is gone")
        .doesNotContain("Other checkpoints", "--checkpoint");
    assertThat(refusal("eval", tuned.toString(), "--checkpoint=latest-good"))
        .contains("step-00000004 has low-rank adapters of " + base, "which is gone");
    fine(tiny.train("other", "--set=seed=5"));
    fine("export", tiny.path("other"), "--out", base.toString());
    assertThat(refusal("eval", tuned.toString())).contains("which has other weights now");
    assertThat(aside).exists();
  }

  @Test
  void aRunAndItsBaseMayBeMovedTogetherOrTheRunAlone() throws IOException {
    Path pair = Files.createDirectory(folder.resolve("pair"));
    fine("export", run, "--out", pair.resolve("base").toString());
    Path tuned = adapted(pair.resolve("base").toString(), "pair/tuned", RANK, FAST, FOUR);
    double before = loss(tuned);

    Path moved = Files.move(pair, folder.resolve("moved"));
    tuned = moved.resolve("tuned");
    assertThat(loss(tuned)).isEqualTo(before);
    fine("train", "--resume", tuned.toString(), "--set=training.steps=5");
    double after = loss(tuned);

    tuned = Files.move(tuned, Files.createDirectory(folder.resolve("other-pair")).resolve("tuned"));
    assertThat(loss(tuned)).isEqualTo(after);
  }

  @Test
  void aDamagedFolderAtTheRelativePathDoesNotHideTheBase() throws IOException {
    Path base = Files.createDirectory(folder.resolve("intact")).resolve("base");
    fine("export", run, "--out", base.toString());
    Path tuned = adapted(base.toString(), "intact/tuned", RANK, FAST, FOUR);
    double before = loss(tuned);

    Path beside = Files.createDirectory(folder.resolve("beside"));
    tuned = Files.move(tuned, beside.resolve("tuned"));
    fine("export", run, "--out", beside.resolve("base").toString());
    Path damaged = Files.write(beside.resolve("base/model.safetensors"), new byte[8]);
    assertThat(loss(tuned)).isEqualTo(before);

    Files.move(base, folder.resolve("intact/aside"));
    assertThat(refusal("eval", tuned.toString()))
        .contains("step-00000004 has low-rank adapters of a base", damaged + " is damaged")
        .doesNotContain("Other checkpoints");
  }

  @Test
  void adaptersOfABundledModelHaveACopyOfIt() throws IOException {
    String few = "--set=training.validationRows=2";
    Path tuned =
        adapted(
            "brackets",
            "of-bundled",
            RANK,
            "--set=training.steps=1",
            "--set=training.batch=2",
            few);

    Path copy = tuned.resolve("base");
    assertThat(copy.resolve("model.safetensors")).exists();
    assertThat(tuned.resolve("config.yaml")).content().contains("\nfrom: brackets\n");
    CheckpointMetadata.Part base = latest(tuned).progress().parts().get(AdapterBase.PART);
    assertThat(base.name()).isEqualTo(copy.toString());
  }

  @Test
  void frozenParametersStayAndHaveNoState() {
    Path tuned =
        adapted(run, "frozen", "--set=training.freeze=[\"*.attention.*\", alpha]", FAST, FOUR);
    Map<String, Array> before = latest(Path.of(run)).parameters();
    Map<String, Array> after = latest(tuned).parameters();
    after.forEach(
        (name, value) ->
            assertThat(value.equals(before.get(name)))
                .as(name)
                .isEqualTo(name.contains(".attention.") || name.equals("alpha")));
    assertThat(latest(tuned).optimizer().keySet())
        .isNotEmpty()
        .noneMatch(n -> n.contains(".attention."));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(refusal(tiny.train("none", RANK))).contains("name it by --from RUN");
    assertThat(refusal("train", "--from", run, "--set=training.freeze=[head]"))
        .contains("training.freeze has 'head', which no parameter of the model is called");
    assertThat(refusal("train", "--from", run, RANK, "--set=training.emaDecay=0.9"))
        .contains("training.emaDecay");
  }
}
