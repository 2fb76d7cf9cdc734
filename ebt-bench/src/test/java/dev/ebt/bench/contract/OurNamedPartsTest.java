package dev.ebt.bench.contract;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import dev.ebt.backend.Backend;
import dev.ebt.energy.EnergyTerm;
import dev.ebt.modality.Examples;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.LatentSpace;
import dev.ebt.modality.Modality;
import dev.ebt.monitor.Monitor;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.LearningRateSchedule;
import dev.ebt.optimize.Optimizer;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.PartSettings;
import dev.ebt.plugin.RunConfiguration;
import dev.ebt.regularize.Regularizer;
import dev.ebt.run.RunParts;
import dev.ebt.select.Repulsion;
import dev.ebt.select.Selection;
import dev.ebt.stop.StoppingRule;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.BackendContract;
import dev.ebt.testing.EnergyTermContract;
import dev.ebt.testing.LatentSpaceContract;
import dev.ebt.testing.MonitorContract;
import dev.ebt.testing.OptimizerContract;
import dev.ebt.testing.RegularizerContract;
import dev.ebt.testing.RepulsionContract;
import dev.ebt.testing.ScheduleContract;
import dev.ebt.testing.SelectionContract;
import dev.ebt.testing.StoppingRuleContract;
import dev.ebt.testing.TransformContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All our optimizers, transforms, schedules, regularizers, stopping rules, selections, monitors,
 * encoders, energies and backends, created by name as in a configuration, keep the contracts of
 * their kinds. Their own tests check other settings.
 */
class OurNamedPartsTest {
  /** The settings of parts that need some, as JSON. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry(
              "optimizer chain", "{'transforms': [{'name': 'momentum'}, {'name': 'identity'}]}"),
          Map.entry("optimizer momentum", "{'momentum': 0.5}"),
          Map.entry("optimizer nesterov", "{'momentum': 0.5}"),
          Map.entry("transform clip-by-norm", "{'norm': 1.1}"),
          Map.entry("transform clip-by-global-norm", "{'norm': 1.1}"),
          Map.entry("transform clip-by-value", "{'bound': 0.9}"),
          Map.entry("transform scale", "{'factor': 2}"),
          Map.entry("transform decay", "{'rate': 0.1}"),
          Map.entry("schedule cosine", "{'decaySteps': 600}"),
          Map.entry("schedule linear", "{'decaySteps': 600}"),
          Map.entry("schedule warm-up-stable-decay", "{'decaySteps': 600}"),
          Map.entry("stop budget", "{'evaluations': 8}"),
          Map.entry("stop any", "{'stops': [{'name': 'gradient-small'}, {'name': 'patience'}]}"),
          Map.entry("encoder pca", "{'components': 2}"),
          Map.entry("energy run", "{'path': 'FOLDER/run'}"),
          Map.entry("energy image-class", "{'path': 'FOLDER/images', 'label': 1}"),
          Map.entry("encoder autoencoder", "{'path': 'FOLDER/autoencoder'}"));

  private static final Shape FRAME = Shape.of(1, 4, 4);

  @TempDir static Path folder;
  private static Components run;

  @BeforeAll
  static void open() {
    run = Components.of(OurRuns.CATALOG, OurRuns.configuration("brackets", folder));
  }

  @AfterAll
  static void close() {
    run.close();
  }

  private static <T> T part(Class<T> kind, String name) {
    return part(run, kind, name);
  }

  private static <T> T part(Components components, Class<T> kind, String name) {
    String json =
        SETTINGS
            .getOrDefault(PartKind.of(kind).word() + " " + name, "{}")
            .replace('\'', '"')
            .replace("FOLDER", folder.toString());
    try {
      ObjectNode settings = (ObjectNode) new ObjectMapper().readTree(json);
      return components.get(PartContext.class).part(kind, new PartSettings(name, settings));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** A new kind of part is checked here, or where its comment says. */
  @Test
  void everyKindHasAContractTest() {
    Set<PartKind> ofRuns =
        Set.of(
            PartKind.MODALITY,
            PartKind.DATASET,
            PartKind.MODEL,
            PartKind.OBJECTIVE,
            PartKind.METRIC); // OurRunsTest
    Set<PartKind> elsewhere = Set.of(PartKind.TOKENIZER); // OurPartsTest
    Set<PartKind> here =
        Set.of(
            PartKind.OPTIMIZER,
            PartKind.TRANSFORM,
            PartKind.SCHEDULE,
            PartKind.REGULARIZER,
            PartKind.STOP,
            PartKind.SELECT,
            PartKind.REPEL,
            PartKind.MONITOR,
            PartKind.ENCODER,
            PartKind.ENERGY,
            PartKind.BACKEND);

    assertThat(Sets.union(Sets.union(ofRuns, elsewhere), here))
        .containsExactlyInAnyOrder(PartKind.values());
  }

  static Set<String> optimizers() {
    return OurRuns.CATALOG.names(PartKind.OPTIMIZER);
  }

  static Set<String> transforms() {
    return OurRuns.CATALOG.names(PartKind.TRANSFORM);
  }

  static Set<String> schedules() {
    return OurRuns.CATALOG.names(PartKind.SCHEDULE);
  }

  static Set<String> regularizers() {
    return OurRuns.CATALOG.names(PartKind.REGULARIZER);
  }

  static Set<String> stoppingRules() {
    return OurRuns.CATALOG.names(PartKind.STOP);
  }

  static Set<String> selections() {
    return OurRuns.CATALOG.names(PartKind.SELECT);
  }

  static Set<String> repulsions() {
    return OurRuns.CATALOG.names(PartKind.REPEL);
  }

  static Set<String> monitors() {
    return OurRuns.CATALOG.names(PartKind.MONITOR);
  }

  static Set<String> encoders() {
    return OurRuns.CATALOG.names(PartKind.ENCODER);
  }

  static Set<String> energies() {
    return OurRuns.CATALOG.names(PartKind.ENERGY);
  }

  static Set<String> backends() {
    return OurRuns.CATALOG.names(PartKind.BACKEND);
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#optimizers")
  class OptimizerTest extends OptimizerContract {
    @Parameter String name;

    @Override
    protected Optimizer optimizer() {
      return part(Optimizer.class, name);
    }

    @Override
    protected double stepSize() {
      return 0.01;
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#transforms")
  class TransformTest extends TransformContract {
    @Parameter String name;

    @Override
    protected GradientTransform transform() {
      return part(GradientTransform.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#schedules")
  class ScheduleTest extends ScheduleContract {
    @Parameter String name;

    @Override
    protected LearningRateSchedule schedule() {
      return part(LearningRateSchedule.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#regularizers")
  class RegularizerTest extends RegularizerContract {
    @Parameter String name;

    @Override
    protected List<Regularizer> regularizers() {
      return List.of(part(Regularizer.class, name));
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#stoppingRules")
  class StoppingRuleTest extends StoppingRuleContract {
    @Parameter String name;

    @Override
    protected StoppingRule rule() {
      return part(StoppingRule.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#selections")
  class SelectionTest extends SelectionContract {
    @Parameter String name;

    @Override
    protected Selection selection() {
      return part(Selection.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#repulsions")
  class RepulsionTest extends RepulsionContract {
    @Parameter String name;

    @Override
    protected Repulsion repulsion() {
      return part(Repulsion.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#monitors")
  class MonitorTest extends MonitorContract {
    @Parameter String name;

    @Override
    protected Monitor monitor() {
      return part(Monitor.class, name);
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#encoders")
  class EncoderTest extends LatentSpaceContract {
    @Parameter String name;

    @BeforeAll
    static void trainAutoencoder() {
      fine(
          "train",
          "--recipe=autoencoder",
          "--out=" + OurNamedPartsTest.folder.resolve("autoencoder"),
          "--backend=reference",
          "--set=training.steps=1",
          "--set=modality.size=4",
          "--set=modality.channels=1",
          "--set=modality.latents=2",
          "--set=model.width=4",
          "--set=model.hidden=4",
          "--set=data.clips=4",
          "--set=data.validationClips=2");
    }

    @Override
    protected LatentSpace space() {
      return part(LatentEncoder.class, name).of(FRAME);
    }

    @Override
    protected List<float[]> arrays() {
      RandomGenerator random = Philox.generator(1, 2);
      return Stream.generate(() -> frame(random)).limit(5).toList();
    }

    private static float[] frame(RandomGenerator random) {
      float[] frame = new float[FRAME.elements()];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (float) (2 * random.nextDouble() - 1);
      }
      return frame;
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#energies")
  class EnergyTest extends EnergyTermContract {
    @Parameter String name;

    private static Components images;
    private static Components points;

    /** Trains the runs whose energies are added. */
    @BeforeAll
    static void trainOtherRuns() throws IOException {
      train("brackets", "run");
      train("generate", "images");
      images = Components.of(OurRuns.CATALOG, OurRuns.configuration("generate", folder));
      points = Components.of(OurRuns.CATALOG, OurRuns.configuration("toy-mixture", folder));
    }

    private static void train(String name, String out) throws IOException {
      RunConfiguration configuration = OurRuns.configuration(name, folder);
      Path file =
          Files.writeString(folder.resolve(out + ".yaml"), Configurations.write(configuration));
      fine(
          "train",
          file.toString(),
          "--out=" + OurNamedPartsTest.folder.resolve(out),
          "--set=training.steps=1",
          "--set=training.batch=2");
    }

    @AfterAll
    static void closeOthers() {
      images.close();
      points.close();
    }

    private Components ofData() {
      if (name.equals("toy")) {
        return points;
      }
      return name.startsWith("image") ? images : run;
    }

    @Override
    protected EnergyTerm term() {
      return part(ofData(), EnergyTerm.class, name);
    }

    @Override
    protected Modality modality() {
      return ofData().get(Modality.class);
    }

    @Override
    protected Examples examples() {
      return ofData().get(RunParts.class).dataset().training();
    }
  }

  @Nested
  @ParameterizedClass
  @MethodSource("dev.ebt.bench.contract.OurNamedPartsTest#backends")
  class BackendTest extends BackendContract {
    @Parameter String name;

    @Override
    protected Backend open() {
      return part(Backend.class, name);
    }

    /** Some roundings of float32, the least precise numbers of a backend. */
    @Override
    public double tolerance() {
      return 1e-5;
    }
  }
}
