package dev.ebt.bench.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.bench.Commands;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.Plugins;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.regularize.Regularizer;
import dev.ebt.testing.RegularizerContract;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest plugin, {@code docs/examples/jitter}: it keeps the contract, and learns along. */
class JitterPluginTest extends RegularizerContract {
  @TempDir static Path folder;
  private static Path jar;
  private static Regularizer jitter;

  @BeforeAll
  static void pack() {
    jar = ExamplePlugin.jar("jitter", folder);
    Catalog catalog = Plugins.discover(List.of(jar));
    try (Components run = Components.of(catalog, RunConfiguration.defaults())) {
      ObjectNode settings = JsonNodeFactory.instance.objectNode().put("size", 0.5);
      jitter =
          run.get(PartContext.class).part(Regularizer.class, new PartSettings("jitter", settings));
    }
  }

  @Override
  protected List<Regularizer> regularizers() {
    return List.of(jitter);
  }

  @Test
  void changesWhatIsLearntBesideRegularizersOfOthers() {
    assertThat(learnt("with", "--set", "regularizers.1={name: jitter, size: 0.2}"))
        .isNotEqualTo(learnt("without"));
  }

  /** The table after a few steps of the curve, which has a regularizer of ours already. */
  private static String learnt(String run, String... settings) {
    String jars = jar + "," + ExamplePlugin.jar("curve", folder);
    String out = folder.resolve(run).toString();
    Stream<String> training =
        Stream.of("train", "--plugins", jars, "--recipe", "curve", "--backend", "reference");
    Stream<String> briefly = Stream.of("--out", out, "--set", "training.steps=5");
    Commands.fine(
        Stream.of(training, briefly, Stream.of(settings)).flatMap(a -> a).toArray(String[]::new));
    return Commands.fine("eval", out, "--plugins", jars).outWithoutSeconds();
  }
}
