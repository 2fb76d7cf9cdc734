package dev.ebt.bench.command;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.Ebt;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Progress;
import dev.ebt.think.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Measures a trained model against thinking steps. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Measure loss and energy against thinking steps.",
    description = {
      "",
      "On the run's own validation data, or on all of another file or folder.",
      "",
      "  ./ebt eval runs/book --steps 1,2,3,4,8",
      "  ./ebt eval runs/book --data other.txt --json",
      "  ./ebt eval runs/shapes --set modality.noise=0.2",
      ""
    })
public final class EvalCommand implements Callable<Integer> {
  @ParentCommand private Ebt ebt;

  @Parameters(paramLabel = "RUN", description = "A run's directory.")
  private Path run;

  @Mixin private DataOption data;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      description = "Numbers of thinking steps (1,2,4).")
  private @Nullable List<Integer> steps;

  @Option(names = "--rows", paramLabel = "N", description = "Examples at most (all).")
  private int limit = Integer.MAX_VALUE;

  @Option(names = "--batch", paramLabel = "N", description = "Examples at a time (16).")
  private int batch = 16;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "latest, best, or a step (latest).")
  private String checkpoint = "latest";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "A field of the run's configuration.")
  private List<String> overrides = List.of();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    if (steps != null && steps.stream().anyMatch(count -> count < 0)) {
      throw new UserException("--steps has " + Collections.min(steps) + "; 0 or more expected");
    }
    if (batch < 1) {
      throw new UserException("--batch is " + batch + "; at least 1 expected");
    }
    if (limit < 1) {
      throw new UserException("--rows is " + limit + "; at least 1 expected");
    }
    Catalog catalog = ebt.catalog();
    try (TrainedModel model = TrainedModel.open(catalog, run, checkpoint, allOverrides(catalog))) {
      Dataset dataset = model.parts().dataset();
      warnOfOtherData(model, dataset);
      Examples examples = dataset.validation();
      List<Integer> counts =
          requireNonNullElse(steps, model.parts().thinks() ? List.of(1, 2, 4) : List.of(0));
      List<Integer> wanted = counts.stream().sorted().distinct().toList();
      List<Evaluation.Result> results = model.evaluate(examples, batch, limit, wanted);
      if (json) {
        System.out.println(new ObjectMapper().writeValueAsString(document(model, results)));
      } else {
        System.out.println(dataset.description());
        ThinkingTable.print(model.modality(), dataset.bestLoss(), results, System.out);
      }
      return 0;
    }
  }

  /**
   * The run's own validation data may have changed since it was trained; then it is not its own.
   */
  private void warnOfOtherData(TrainedModel model, Dataset dataset) {
    Progress.Part trained = model.progress().parts().get("data");
    boolean asked = data.given() || overrides.stream().anyMatch(o -> !o.startsWith("backend"));
    if (!asked && trained != null && !trained.fingerprint().equals(dataset.fingerprint())) {
      System.err.println("ebt: the data has changed since " + run + " was trained on it");
    }
  }

  private Map<String, Object> document(TrainedModel model, List<Evaluation.Result> results) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Evaluation.Result result : results) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("steps", result.steps());
      row.put("loss", result.loss());
      if (result.hasEnergy()) {
        row.put("energy", result.energy());
      }
      row.putAll(model.modality().summary(result.means()));
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", run.toString());
    document.put("step", model.progress().step());
    document.put("data", model.parts().dataset().description());
    document.put("predictions", Math.round(results.get(0).predictions()));
    document.put("results", rows);
    return document;
  }

  /** Other data is judged as a whole. */
  private List<String> allOverrides(Catalog catalog) {
    List<String> all = data.overrides(() -> TrainedModel.modalityName(catalog, run, overrides));
    if (data.given()) {
      all.add("data.validation=1");
    }
    all.addAll(overrides);
    return all;
  }
}
