package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.config.Overrides;
import dev.ebt.core.CorePlugin;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.SequenceEnergyTerm;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.Output;
import dev.ebt.nn.Parameters;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The energy of a second run, added to that of a text model. */
class AddedEnergyCommandTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static String run;
  private static String other;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    run = tiny.trained("run").toString();
    fine(tiny.train("other", "--set=seed=7", "--set=model.layers=2"));
    other = tiny.path("other");
  }

  @Test
  void textIsWrittenWithBothAndTheCacheChangesNothing() {
    String[] alone = {"think", run, "--prompt=line", "--count=12", "--temperature=0"};
    String[] both = {
      "think",
      run,
      "--prompt=line",
      "--count=12",
      "--temperature=0",
      "--energy=run,path=" + other + ",weight=3"
    };
    String[] uncached = Arrays.copyOf(both, both.length + 1);
    uncached[both.length] = "--no-cache";
    String written = fine(both).out();
    assertThat(written).startsWith("line").isNotEqualTo(fine(alone).out());
    assertThat(fine(uncached).out()).isEqualTo(written);
  }

  @Test
  void answersAreRankedByTheSum() throws IOException {
    Path context = Files.writeString(folder.resolve("context.txt"), "line");
    Path answers = Files.writeString(folder.resolve("answers.txt"), " 1\n 2\n");
    String[] line = {
      "verify", run, "--context", context.toString(), "--candidates", answers.toString(), "--json"
    };
    String[] sum = Arrays.copyOf(line, line.length + 1);
    sum[line.length] = "--energy=run,path=" + run;
    assertThat(total(sum)).isCloseTo(2 * total(line), within(1e-6)).isNotZero();
  }

  private static double total(String... line) throws IOException {
    return new ObjectMapper()
        .readTree(fine(line).out())
        .path("answers")
        .path(0)
        .required("total")
        .asDouble();
  }

  /** Energies that no token changes: of single positions without a cache, of whole windows. */
  private static final class Constraints implements EbtPlugin {
    record None() {}

    private static class Whole implements EnergyTerm {
      @Override
      public NamedTensors observe(NamedTensors context, Tensor landscape, Parameters parameters) {
        return NamedTensors.of("seen", Functions.real(context.get("tokens")));
      }

      @Override
      public Tensor energy(
          NamedTensors observed, Tensor modelInput, Tensor landscape, Parameters parameters) {
        return observed.get("seen");
      }
    }

    private static final class Single extends Whole implements SequenceEnergyTerm {
      @Override
      public NamedTensors focus(NamedTensors observed, Tensor positions) {
        return NamedTensors.of("seen", Functions.real(positions));
      }
    }

    @Override
    public String name() {
      return "constraints";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public List<Factory<? extends EnergyTerm, ?>> energies() {
      return List.of(
          Factory.of("whole", "of windows", None.class, (settings, context) -> new Whole()),
          Factory.of("single", "of positions", None.class, (settings, context) -> new Single()));
    }
  }

  private static List<Output> written(String energy) {
    return written(energy, CommonOptions.of(1).withCount(2), Map.of("--prompt", "li"));
  }

  private static List<Output> written(
      String energy, CommonOptions common, Map<String, Object> options) {
    Catalog catalog = Catalog.of(new CorePlugin(), new TextPlugin(), new Constraints());
    List<Output> outputs = new ArrayList<>();
    Overrides energies = Overrides.of("thinking.energies=[" + energy + "]");
    try (TrainedModel model = TrainedModel.open(catalog, Path.of(run), "latest", energies)) {
      Interactions.of(catalog).run("continuation", model, common, options, outputs::add);
    }
    return outputs;
  }

  @Test
  void anEnergyWithoutACacheIsSaidToCostWholeWindows() {
    assertThat(written("single"))
        .contains(
            new Output.Warning(
                "an energy of thinking.energies has no key/value cache, so the whole window is"
                    + " observed for each token"));
    assertThat(written("{name: run, path: " + other + "}"))
        .noneMatch(Output.Warning.class::isInstance);
    assertThatThrownBy(() -> written("whole"))
        .hasMessageStartingWith("text cannot be generated with an energy of thinking.energies");
  }

  @Test
  void compactionIsRefusedWhereThereIsNoCacheToMove() {
    CommonOptions settling = new CommonOptions(List.of(3), 0.1, 2, 1);
    assertThatThrownBy(() -> written("single", settling, Map.of("--compact", true)))
        .hasMessage(
            "--compact moves key/value caches, and this model or an energy of thinking.energies has"
                + " none; leave it out");
    assertThat(written("{name: run, path: " + other + "}", settling, Map.of("--compact", true)))
        .hasAtLeastOneElementOfType(Output.Table.class);
  }

  @Test
  void aRunThatReadsOtherDataIsRefused() {
    fine(tiny.train("long", "--set=modality.length=9", "--set=training.steps=1"));
    assertThat(refusedRun(run, "long"))
        .contains(
            tiny.path("long") + " has contexts tokens [9] and candidates of shape [9, ",
            "; contexts tokens [8] and candidates of shape [8, ",
            " expected, as in this run");
    fine(tiny.train("y", "--set=training.steps=1", "--set=" + characters('y')));
    fine(tiny.train("z", "--set=training.steps=1", "--set=" + characters('z')));
    assertThat(refusedRun(tiny.path("y"), "z"))
        .contains(tiny.path("z") + " has a modality that encodes data in another way");
    assertThat(refusedRun(run, "other,checkpoint=7")).contains("checkpoint", "7");
  }

  private static String characters(char last) {
    return "modality.tokenizer={name: characters, alphabet: \"lineofthx 0123456789\\n"
        + last
        + "\"}";
  }

  private static String refusedRun(String to, String energy) {
    return refusal("think", to, "--prompt=l", "--energy=run,path=" + tiny.path(energy));
  }
}
