package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Interactions;
import dev.ebt.interact.InteractivePlugin;
import dev.ebt.interact.Option;
import dev.ebt.interact.Outputs;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class InteractionOptionsTest {
  record Drawn(
      @Option(value = "X", description = "Where.") List<Double> x,
      @Option(value = "PATH", description = "A drawing.") Path out) {}

  record Told(
      @Option(value = "TEXT", description = "Any text.") String prompt,
      @Option(value = "PATH", description = "A story.") Path out) {}

  record OtherType(@Option(value = "TEXT", description = "A name.") String out) {}

  record Taken(@Option(value = "N", description = "Taken.") Integer steps) {}

  record Plain() {}

  private record Fake<O extends Record>(String name, String subject, Class<O> options)
      implements Interaction<O> {
    @Override
    public String summary() {
      return name + " happens";
    }

    @Override
    public boolean supports(Modality modality) {
      return true;
    }

    @Override
    public void run(TrainedModel model, CommonOptions common, O options, Outputs outputs) {
      outputs.note(options.toString());
    }
  }

  private record FakePlugin(String name, List<Interaction<?>> interactions)
      implements InteractivePlugin {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }
  }

  private static List<Interaction<?>> interactions(Interaction<?>... all) {
    return Interactions.of(Catalog.of(new FakePlugin("fake", List.of(all)))).all();
  }

  private static CommandLine line(InteractionOptions options) {
    CommandSpec command = CommandSpec.create().name("think");
    command.addOption(OptionSpec.builder("--steps").type(Integer.class).build());
    options.addTo(command);
    return new CommandLine(command);
  }

  @Test
  void anOptionOfTwoInteractionsIsOneWithBothDescriptions() {
    InteractionOptions options =
        new InteractionOptions(
            interactions(
                new Fake<>("draw", "curves", Drawn.class),
                new Fake<>("tell", "stories", Told.class)),
            InputStream.nullInputStream());
    CommandLine line = line(options);

    assertThat(line.getCommandSpec().findOption("--out").description())
        .containsExactly("A drawing.", "A story.");
    assertThat(line.getUsageMessage()).contains("For curves:", "For stories:");
    assertThat(options.given(line.parseArgs("--x", "0.5,2", "--prompt=--out", "--out", "a")))
        .isEqualTo(Map.of("--x", List.of(0.5, 2.0), "--prompt", "--out", "--out", Path.of("a")));
    assertThat(options.given(line(options).parseArgs())).isEmpty();
  }

  @Test
  void optionsOfOneNameAndTwoTypesAreRefused() {
    List<Interaction<?>> both =
        interactions(
            new Fake<>("draw", "curves", Drawn.class), new Fake<>("name", "x", OtherType.class));
    assertThatThrownBy(() -> new InteractionOptions(both, InputStream.nullInputStream()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "interactions 'draw' and 'name' both have an option --out, of different types: Path"
                + " and String; remove one of their plugins");
  }

  @Test
  void anOptionOfTheCommandItselfIsRefused() {
    InteractionOptions taken =
        new InteractionOptions(
            interactions(new Fake<>("take", "x", Taken.class)), InputStream.nullInputStream());
    assertThatThrownBy(() -> line(taken))
        .hasMessage(
            "interaction 'take' has an option --steps, which 'think' has itself; rename it");
  }

  @Test
  void namesAreUnique() {
    Fake<Plain> one = new Fake<>("draw", "curves", Plain.class);
    assertThatThrownBy(() -> interactions(one, one))
        .hasMessageStartingWith("two interactions are called 'draw': one of plugin 'fake' (");
    assertThatThrownBy(() -> interactions(new Fake<>("predictions", "x", Plain.class)))
        .hasMessageStartingWith("two interactions are called 'predictions': one of ebt, one of ");
  }
}
