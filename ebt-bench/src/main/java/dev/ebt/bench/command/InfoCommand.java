package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.RunStatus;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.store.RunDirectory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that prints the provenance of a run or an exported model. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Print what a run was trained with: version, data, seeds, libraries, machine.",
    description = {
      "",
      "  ./ebt info runs/book",
      "  ./ebt info runs/book --checkpoint 200 --json",
      ""
    })
public final class InfoCommand implements Callable<Integer> {
  private static final String LATEST = "latest";

  private final StandardStreams streams;

  @Parameters(
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "The directory of a run, an exported or a bundled model.")
  private Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, latest-good, best, or a step (latest).")
  private String checkpoint = LATEST;

  @Mixin private JsonOption json;

  @Inject
  InfoCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (checkpoint.equals(LATEST) && hasNone()) {
      printBeginning();
      return 0;
    }
    CheckpointMetadata saved = ModelFolder.checkpoint(run, checkpoint).progress();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", BundledModelFolders.given(run));
    document.put("step", saved.step());
    document.put("rows", saved.rows());
    document.put("seed", saved.seed());
    document.put("validationLoss", saved.validationLoss());
    document.put("version", saved.version());
    document.put("configuration", saved.configuration());
    document.put("parts", saved.parts());
    document.put("provenance", saved.provenance());
    document.put("trainings", RunDirectory.read(run).history().lines());
    if (json.given()) {
      JsonOption.print(document, streams.out());
    } else {
      print(saved);
    }
    return 0;
  }

  private boolean hasNone() {
    return !RunDirectory.isExported(run)
        && RunDirectory.read(run).checkpoints().complete().isEmpty();
  }

  /** Prints what was recorded when the training began, of a run that has no checkpoint yet. */
  private void printBeginning() {
    List<Map<String, Object>> trainings = RunDirectory.read(run).history().lines();
    if (json.given()) {
      JsonOption.print(
          Map.of("run", BundledModelFolders.given(run), "trainings", trainings), streams.out());
      return;
    }
    line("run", run + ", no checkpoint");
    line("state", state());
    Map<String, Object> last = new LinkedHashMap<>();
    trainings.forEach(last::putAll); // A later line has the facts that have changed.
    last.remove("event");
    last.forEach((name, value) -> line(name, String.valueOf(value)));
  }

  private void print(CheckpointMetadata saved) {
    line(
        "run",
        BundledModelFolders.given(run) + ", step " + saved.step() + ", " + saved.rows() + " rows");
    line("state", state());
    line("loss", saved.validationLoss() == null ? null : "validation " + saved.validationLoss());
    line("seed", String.valueOf(saved.seed()));
    line("version", saved.version());
    saved.parts().forEach((kind, part) -> line(kind, part.name() + " " + part.fingerprint()));
    Map<String, String> facts = new LinkedHashMap<>(saved.provenance());
    List.of("version", "seed", "data", "modality").forEach(facts::remove);
    facts.putIfAbsent("configuration", saved.configuration());
    facts.forEach(this::line);
    if (saved.provenance().isEmpty()) {
      line("provenance", "not recorded: trained by an older version of ebt");
    }
  }

  /** Returns the state of the training; null for an exported model. */
  private @Nullable String state() {
    return RunDirectory.isExported(run)
        ? null
        : RunStatus.of(run).phase().name().toLowerCase(Locale.ROOT);
  }

  private void line(String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      streams.out().printf(Locale.ROOT, "%-18s %s%n", name, value.strip());
    }
  }
}
