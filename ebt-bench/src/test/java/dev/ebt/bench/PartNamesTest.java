package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.PartKind;
import dev.ebt.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands and runs take names of parts from plugins; they have none in their code. */
class PartNamesTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("basedir", ".")).resolve("..");

  private static final List<String> SOURCES =
      List.of(
          "ebt-api/src/main/java/dev/ebt/interact",
          "ebt-api/src/main/java/dev/ebt/run",
          "ebt-bench/src/main/java/dev/ebt/bench/command",
          "ebt-bench/src/main/java/dev/ebt/bench/report");

  private static final Pattern CONSTANT = Pattern.compile("\"([^\"\\n]*)\"");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

  /** Words that are not names of parts where they stand. */
  private static final Set<String> OTHERS =
      Set.of(
          // Keys of JSON output, a word in names of metrics that are shares, and a kind of part.
          "MetricTable.java: accuracy",
          "OutputDocument.java: text",
          "ClassificationReport.java: accuracy",
          "ProbeCommand.java: accuracy",
          "ProbeTable.java: accuracy",
          // The benchmark of updates is about the published recipes.
          "BenchStepCommand.java: s1",
          "EvaluationCatalog.java: task",
          "TaskReport.java: task",
          // The usual name of the field with the text in JSON lines.
          "TokenizerTrainCommand.java: text");

  @Test
  void codeAboveThePluginsNamesNoDataModelRecipeMetricOrTask() throws IOException {
    Catalog catalog = Plugins.discover(List.of());
    Set<String> names = new HashSet<>(catalog.recipes());
    names.addAll(EvaluationCatalog.of(catalog).tasks());
    for (PartKind kind :
        List.of(PartKind.MODALITY, PartKind.DATASET, PartKind.MODEL, PartKind.METRIC)) {
      names.addAll(catalog.names(kind));
    }
    assertThat(names).contains("brackets", "text", "task", "psnr", "gsm8k", "dit");

    List<String> found = new ArrayList<>();
    for (String folder : SOURCES) {
      try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          CONSTANT
              .matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
              .results()
              .map(constant -> constant.group(1))
              .filter(names::contains)
              .forEach(name -> found.add(file.getFileName() + ": " + name));
        }
      }
    }
    assertThat(found).filteredOn(each -> !OTHERS.contains(each)).isEmpty();
  }
}
