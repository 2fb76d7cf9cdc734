package dev.ebt.bench.command;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.ProbeTable;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.OptionChecks;
import dev.ebt.interact.Probe;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.DataOverride;
import dev.ebt.run.ModelFolder;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that evaluates the representations of a model. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Evaluate a model by a linear classifier on its representations.",
    description = {
      "",
      "The classifier is fitted to the mean output of the last block (which is not trained",
      "further) and evaluated on other examples. For comparison: the same model before",
      "training, its inputs, and the most frequent class.",
      "",
      "  ./ebt probe runs/denoise",
      "  ./ebt probe runs/dit --data mnist/ --rows 2000 --json",
      ""
    })
public final class ProbeCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model.")
  private Path run;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Your data, with labels or one folder per class (those of training).")
  private @Nullable Path data;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Maximum number of examples to fit to, and to evaluate on (1000).")
  private int rows = 1000;

  @Mixin private ModelOption option;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Inject
  ProbeCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    OptionChecks.check("--rows", rows, rows >= 2, "at least 2");
    Catalog catalog = discovery.get();
    String modality = ModelFolder.modalityName(catalog, run, option.overrides());
    Overrides own =
        data == null ? Overrides.none() : DataOverride.at(data).overrides(() -> modality);
    Overrides overrides = own.and(option.overrides());
    try (TrainedModel model =
        TrainedModel.open(catalog, run, option.checkpoint(), option.weights(), overrides)) {
      Probe probe = probe(EvaluationCatalog.of(catalog), model.parts(), modality);
      Probe.Results results = probe.probe(model.parts(), rows);
      if (json) {
        streams.out().println(new ObjectMapper().writeValueAsString(document(model, results)));
      } else {
        streams.out().println(model.parts().dataset().description());
        ProbeTable.print(results, probe.subject(), streams.out());
      }
      return 0;
    }
  }

  private Probe probe(EvaluationCatalog evaluations, RunParts parts, String modality) {
    return evaluations
        .probe(parts)
        .orElseThrow(
            () ->
                new UserException(
                    String.format(
                        Locale.ROOT,
                        "probe is for models of %s; %s has modality '%s'",
                        evaluations.probes().stream()
                            .map(Probe::subject)
                            .distinct()
                            .collect(joining(", ")),
                        BundledModelFolders.given(run),
                        modality)));
  }

  private Map<String, Object> document(TrainedModel model, Probe.Results results) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", BundledModelFolders.given(run));
    document.put("step", model.progress().step());
    document.put("data", model.parts().dataset().description());
    document.put("classes", results.classes());
    document.put("fitted", results.fitted());
    document.put("evaluated", results.evaluated());
    document.put("accuracy", results.model().share());
    results.baselines().forEach(each -> document.put(each.name(), each.accuracy().share()));
    document.put("results", ProbeTable.lines(results));
    return document;
  }
}
