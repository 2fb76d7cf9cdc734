package dev.ebt.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.DirectModel;
import dev.ebt.energy.EnergyModel;
import dev.ebt.energy.SequenceEnergyModel;
import dev.ebt.think.DirectPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shape of the house: who may know whom. */
@AnalyzeClasses(
    packages = "dev.ebt",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {
  private static final String TENSORFLOW = "dev.ebt.tensorflow..";
  private static final String TEXT = "dev.ebt.text..";
  private static final String VISION = "dev.ebt.vision..";
  private static final String REGULARIZERS = "dev.ebt.regularizers..";
  private static final String BENCH = "dev.ebt.bench..";

  private static final String[] ABOVE_THE_API = {TENSORFLOW, TEXT, VISION, REGULARIZERS, BENCH};

  @ArchTest
  static final ArchRule theTensorFlowPluginKnowsNoOtherPlugin =
      knowsNone(TENSORFLOW, TEXT, VISION, REGULARIZERS, BENCH);

  @ArchTest
  static final ArchRule theTextPluginKnowsNoOtherPlugin =
      knowsNone(TEXT, TENSORFLOW, VISION, REGULARIZERS, BENCH);

  @ArchTest
  static final ArchRule theVisionPluginKnowsNoOtherPlugin =
      knowsNone(VISION, TENSORFLOW, TEXT, REGULARIZERS, BENCH);

  @ArchTest
  static final ArchRule theRegularizersKnowNoOtherPlugin =
      knowsNone(REGULARIZERS, TENSORFLOW, TEXT, VISION, BENCH);

  @ArchTest
  static final ArchRule theApiKnowsNoPlugin =
      noClasses()
          .that()
          .resideOutsideOfPackages(ABOVE_THE_API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ABOVE_THE_API)
          .allowEmptyShould(true);

  /**
   * What modalities, models, datasets and tasks there are the plugins say. The command line may use
   * readers of files and tokenizers; conformance and benchmarks are about published models.
   */
  @ArchTest
  static final ArchRule theCommandLineNamesNoModalityModelDatasetOrTask =
      noClasses()
          .that()
          .resideInAnyPackage(BENCH, "dev.ebt.run..", "dev.ebt.interact..")
          .and()
          .resideOutsideOfPackages(
              "dev.ebt.bench.conformance..",
              "dev.ebt.bench.step..",
              "dev.ebt.bench.decode..",
              "dev.ebt.bench.synthetic..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(TEXT, VISION, REGULARIZERS)
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.ebt.text.bpe",
                              "dev.ebt.text.document",
                              "dev.ebt.text.read",
                              "dev.ebt.text.token")))
                  .and(not(name("dev.ebt.text.Escaped")))
                  .and(not(name("dev.ebt.vision.image.FolderListing"))));

  @ArchTest
  static final ArchRule onlyTheTensorFlowPluginSeesTensorFlow =
      noClasses()
          .that()
          .resideOutsideOfPackage(TENSORFLOW)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyExtrasSeeOptionalLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ebt.text.extra..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.apache.parquet..", "blue.strategic..");

  /** No other command loads the libraries of the server. */
  @ArchTest
  static final ArchRule onlyTheServerSeesItsLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ebt.bench.serve")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..", "io.micrometer..");

  @ArchTest
  static final ArchRule onlyTheWiringSeesGuice =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ebt.plugin", "dev.ebt.bench.application")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..")
          .allowEmptyShould(true);

  /** Commands print to the streams of the application, which a test replaces. */
  @ArchTest
  static final ArchRule onlyTheStartReadsAndWritesStandardStreams =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Ebt.class, StandardStreams.class)
          .should()
          .accessField(System.class, "in")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /**
   * Models are used through their family. Only what is about particular published models, and the
   * benchmark of particular sizes, names them.
   */
  @ArchTest
  static final ArchRule runsAndCommandsKnowNoModelFamily =
      noClasses()
          .that()
          .resideInAnyPackage("dev.ebt.run..", BENCH)
          .and()
          .resideOutsideOfPackages(
              "dev.ebt.bench.published..",
              "dev.ebt.bench.conformance..",
              "dev.ebt.bench.step..",
              "dev.ebt.bench.decode..",
              "dev.ebt.bench.toy..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.ebt.core..", "dev.ebt.model..", "dev.ebt.diffusion..")
                  .or(belongToAnyOf(DirectPredictor.class))
                  .or(
                      equivalentTo(EnergyModel.class)
                          .or(equivalentTo(SequenceEnergyModel.class))
                          .or(equivalentTo(DirectModel.class))
                          .or(equivalentTo(DenoisingModel.class))));

  @ArchTest
  static final ArchRule tensorsKnowNothingElseOfOurs =
      classes()
          .that()
          .resideInAPackage("dev.ebt.tensor..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.ebt.tensor..", "java..", "javax..", "org.jspecify..")
          .allowEmptyShould(true);

  /** The packages that plugins implement and use; docs/plugins.md lists them. */
  static final String[] SPI = {
    "dev.ebt.error",
    "dev.ebt.tensor",
    "dev.ebt.backend",
    "dev.ebt.nn",
    "dev.ebt.modality",
    "dev.ebt.energy",
    "dev.ebt.optimize",
    "dev.ebt.regularize",
    "dev.ebt.select",
    "dev.ebt.stop",
    "dev.ebt.step",
    "dev.ebt.objective",
    "dev.ebt.predict",
    "dev.ebt.monitor"
  };

  @ArchTest
  static final ArchRule spiSeesNoImplementation =
      classes()
          .that()
          .resideInAnyPackage(SPI)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(SPI)
                  .or(resideInAnyPackage("java..", "javax..", "org.jspecify.."))
                  .or(resideInAnyPackage("com.fasterxml.jackson.annotation..")));

  /** What is compared with an older version is exactly what the page names. */
  @Test
  void spiIsDocumentedAndCompared() throws IOException {
    Path checkout = Path.of(System.getProperty("basedir", ".")).resolve("..");
    String page = Files.readString(checkout.resolve("docs/plugins.md"));
    int from = page.indexOf("## Compatibility");
    String section = page.substring(from, page.indexOf("Not stable yet", from));
    Set<String> documented = found("`(dev\\.ebt[^`]*)`", section);
    String pom = Files.readString(checkout.resolve("ebt-api/pom.xml"));
    assertThat(found("<include>(dev\\.ebt[^<]*)</include>", pom))
        .isEqualTo(documented)
        .contains(SPI);
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** Inside ebt-api, bottom to top: every layer may use the layers below it. */
  @ArchTest
  static final ArchRule theApiIsLayered =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.ebt..")
          .withOptionalLayers(true)
          .layer("tensor")
          .definedBy("dev.ebt.tensor..")
          .layer("backend")
          .definedBy("dev.ebt.backend..")
          .layer("nn")
          .definedBy("dev.ebt.nn..")
          .layer("spi")
          .definedBy(
              "dev.ebt.energy..",
              "dev.ebt.modality..",
              "dev.ebt.monitor..",
              "dev.ebt.objective..",
              "dev.ebt.optimize..",
              "dev.ebt.predict..",
              "dev.ebt.regularize..",
              "dev.ebt.sample..",
              "dev.ebt.select..",
              "dev.ebt.step..",
              "dev.ebt.stop..")
          .layer("files")
          .definedBy("dev.ebt.config..", "dev.ebt.store..")
          .layer("think")
          .definedBy("dev.ebt.think..")
          .layer("models")
          .definedBy("dev.ebt.model..")
          .layer("train")
          .definedBy("dev.ebt.train..", "dev.ebt.diffusion..")
          .layer("wiring")
          .definedBy("dev.ebt.plugin..", "dev.ebt.core..")
          .layer("runs")
          .definedBy("dev.ebt.run..")
          .layer("interactions")
          .definedBy("dev.ebt.interact..")
          .layer("inference")
          .definedBy("dev.ebt.inference..")
          .layer("reports")
          .definedBy("dev.ebt.report..")
          .layer("statistics")
          .definedBy("dev.ebt.statistics..")
          .layer("studies")
          .definedBy("dev.ebt.sweep..", "dev.ebt.experiment..")
          .layer("outside")
          .definedBy(ABOVE_THE_API)
          .whereLayer("backend")
          .mayOnlyBeAccessedByLayers(
              "nn",
              "spi",
              "models",
              "think",
              "train",
              "wiring",
              "runs",
              "interactions",
              "inference",
              "reports",
              "studies",
              "outside")
          .whereLayer("nn")
          .mayOnlyBeAccessedByLayers(
              "spi",
              "models",
              "think",
              "train",
              "wiring",
              "runs",
              "interactions",
              "inference",
              "reports",
              "studies",
              "outside")
          .whereLayer("spi")
          .mayOnlyBeAccessedByLayers(
              "models",
              "think",
              "train",
              "wiring",
              "runs",
              "interactions",
              "inference",
              "reports",
              "studies",
              "outside")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers(
              "train",
              "wiring",
              "runs",
              "interactions",
              "inference",
              "reports",
              "studies",
              "outside")
          .whereLayer("think")
          .mayOnlyBeAccessedByLayers(
              "train",
              "wiring",
              "runs",
              "interactions",
              "inference",
              "reports",
              "studies",
              "outside")
          .whereLayer("train")
          .mayOnlyBeAccessedByLayers(
              "wiring", "runs", "interactions", "inference", "reports", "studies", "outside")
          .whereLayer("models")
          .mayOnlyBeAccessedByLayers("wiring", "outside")
          .whereLayer("wiring")
          .mayOnlyBeAccessedByLayers(
              "runs", "interactions", "inference", "reports", "studies", "outside")
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("interactions", "inference", "reports", "studies", "outside")
          .whereLayer("interactions")
          .mayOnlyBeAccessedByLayers("inference", "outside")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers("outside")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("studies", "outside")
          .whereLayer("statistics")
          .mayOnlyBeAccessedByLayers("studies", "outside")
          .whereLayer("studies")
          .mayOnlyBeAccessedByLayers("outside");

  /** Modules and the folders at the top, each with all that is below it. */
  @ArchTest
  static final ArchRule noCyclesBetweenTopPackages =
      slices().matching("dev.ebt.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  /** Packages, of which one below another is a package of its own. */
  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("dev.ebt.(**)").should().beFreeOfCycles();

  /** Leaves out the contract tests that ebt-api publishes. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static ArchRule knowsNone(String plugin, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(plugin)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true);
  }
}
