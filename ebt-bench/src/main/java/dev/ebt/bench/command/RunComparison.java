package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.report.Comparison;
import dev.ebt.bench.report.RunDifferences;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.bench.report.Variation;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Configurations;
import dev.ebt.run.RunParts;
import dev.ebt.run.TrainedModel;
import dev.ebt.think.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several runs, or one by several values of a setting, in one table. All of them are opened and
 * checked before anything is computed; what was found stays, also when a later model fails.
 *
 * @param catalog the available parts
 * @param opening opens models and data
 * @param counts numbers of steps; null for the default of each model
 * @param choices numbers of candidates, for models with energies
 * @param batch examples per batch
 * @param limit maximum number of examples
 */
record RunComparison(
    Catalog catalog,
    Opening opening,
    @Nullable List<Integer> counts,
    List<Integer> choices,
    int batch,
    int limit) {

  /** A function that opens the model and data of a run. */
  interface Opening {
    /** The model of a run, with a value of a varied setting if there is one. */
    TrainedModel open(Path run, @Nullable Variation level);

    /** Opens the data for the evaluation of the model. */
    Dataset dataset(TrainedModel model, Path run);

    /** Warns if the data of the run has changed since its training. */
    void warnOfOtherData(TrainedModel model, Dataset dataset, Path run);
  }

  /** A run, with a value of a varied setting if there is one. */
  private record Judged(Path run, @Nullable Variation level) {}

  /** Compares them and prints what was found. */
  void print(List<Path> runs, List<@Nullable Variation> levels, boolean json)
      throws JsonProcessingException {
    List<Judged> all = new ArrayList<>();
    for (Path run : new LinkedHashSet<>(runs)) {
      levels.forEach(level -> all.add(new Judged(run, level)));
    }
    RunDifferences differences = checked(all);
    if (json) {
      differences.warn(System.err);
    } else {
      differences.print(System.out, System.err);
    }
    Comparison comparison = new Comparison();
    try {
      for (Judged each : all) {
        judge(each, comparison, json);
      }
    } finally {
      if (json) {
        Map<String, Object> document = new LinkedHashMap<>(comparison.document());
        document.putAll(differences.document());
        System.out.println(new ObjectMapper().writeValueAsString(document));
      } else if (!comparison.isEmpty()) {
        comparison.print(System.out);
      }
    }
  }

  /** Opens every run once; a model that is not evaluated yet takes no memory. */
  private RunDifferences checked(List<Judged> all) {
    RunDifferences differences = new RunDifferences();
    Path last = null;
    boolean steps = false;
    boolean thinks = false;
    for (Judged each : all) {
      try (TrainedModel model = opening.open(each.run(), each.level())) {
        RunParts parts = model.parts();
        try {
          parts.check(budgets(parts));
        } catch (UserException e) {
          throw new UserException(each.run() + ": " + e.getMessage(), e);
        }
        steps |= parts.steps().taken() > 0;
        thinks |= parts.thinks();
        Dataset dataset = opening.dataset(model, each.run());
        if (dataset.validation().size() == 0) {
          throw new UserException(each.run() + ": there is no validation data");
        }
        if (!each.run().equals(last)) {
          if (each.level() == null) {
            opening.warnOfOtherData(model, dataset, each.run());
          }
          Path written = TrainedModel.configuration(each.run());
          differences.add(
              catalog,
              each.run().toString(),
              Configurations.load(catalog, null, written, Overrides.none()),
              model);
        }
        last = each.run();
      }
    }
    if (counts != null && !steps) {
      throw new UserException("--steps: none of these models takes steps; remove it");
    }
    if (!thinks && !choices.equals(List.of(1))) {
      throw new UserException(
          "--candidates: none of these models has energies to choose by; remove it");
    }
    return differences;
  }

  private void judge(Judged each, Comparison comparison, boolean json) {
    try (TrainedModel model = opening.open(each.run(), each.level())) {
      if (!json) {
        Dataset dataset = opening.dataset(model, each.run());
        System.out.println(each.run() + ": " + ThinkingTable.heading(dataset, limit));
      }
      comparison.add(
          each.run().toString(), each.level(), model.parts(), budgets(model.parts()), batch, limit);
    }
  }

  /** Returns the compute budgets; a single one for a model without steps or energies. */
  private Evaluation.ComputeBudgets budgets(RunParts parts) {
    boolean asked = counts != null && parts.steps().taken() > 0;
    return new Evaluation.ComputeBudgets(
        asked ? counts : parts.steps().usual(), parts.thinks() ? choices : List.of(1));
  }
}
