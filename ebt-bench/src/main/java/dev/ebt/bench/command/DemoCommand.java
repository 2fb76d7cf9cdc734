package dev.ebt.bench.command;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.EvaluationReport;
import dev.ebt.bench.report.OutputPrinter;
import dev.ebt.bench.report.PassageEnergies;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.bench.report.ValueFormat;
import dev.ebt.config.Overrides;
import dev.ebt.interact.CommonOptions;
import dev.ebt.interact.Interactions;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.BundledScores;
import dev.ebt.plugin.Catalog;
import dev.ebt.predict.ComputeBudgets;
import dev.ebt.run.BudgetResult;
import dev.ebt.run.ConfigurationRules;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that evaluates the standard model and checks its scores. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Show a small trained model thinking; no training, less than a minute.",
    description = {
      "",
      "Exits with 1 if its scores are not the expected ones, or if thinking has no effect. They are",
      "not checked if --set changes other settings than those of the backend.",
      "",
      "  ./ebt demo",
      "  ./ebt demo --set backend.name=reference",
      "  ./ebt demo --set thinking.stop=patience",
      ""
    })
public final class DemoCommand implements Callable<Integer> {
  /** The allowed rounding difference between machines. */
  private static final double TOLERANCE = 0.01;

  private static final int ROWS = 16;
  private static final String PROMPT = "(7-3=";
  private static final int TOKENS = 24;

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Overrides a setting of the model, such as thinking.optimizer=nesterov.")
  private List<String> assignments = List.of();

  @Mixin private JsonOption json;

  @Inject
  DemoCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    Overrides overrides = Overrides.parse(assignments);
    BundledScores expected = discovery.get().standardModel().scores();
    try (TrainedModel model = StandardModel.open(discovery.get(), overrides)) {
      ConfigurationRules.checkNoSelection(model.parts());
      if (!json.given()) {
        introduce(model);
      }
      ModelEvaluation found =
          ModelEvaluation.of(
              model.parts(), ComputeBudgets.of(expected.steps()), ROWS, expected.rows());
      boolean checked = comparable(overrides);
      List<String> wrong = checked ? wrong(expected.results(), found.results()) : List.of();
      if (json.given()) {
        JsonOption.print(document(model, found, checked, wrong), streams.out());
      } else {
        show(model, found);
      }
      wrong.forEach(line -> streams.err().println("ebt: " + line));
      if (!json.given() && wrong.isEmpty()) {
        streams
            .out()
            .printf(
                Locale.ROOT,
                checked
                    ? "%nAll scores are the expected ones. Next: ./ebt train%n"
                    : "%nThe scores are not checked, because --set changes the settings.%n");
      }
      return wrong.isEmpty() ? 0 : 1;
    }
  }

  private void introduce(TrainedModel model) {
    Dataset dataset = model.parts().dataset();
    streams.out().println("A model of built-in text: nested brackets with small sums.");
    streams.out().println(model.parts().model().description() + "; " + dataset.description());
    streams.out().println();
  }

  private void show(TrainedModel model, ModelEvaluation found) {
    streams.out().println("1. Loss and energy by number of thinking steps");
    ThinkingTable.print(found, streams.out());
    streams.out().println();
    streams.out().println("2. A passage, and the energy of each byte before and after thinking");
    PassageEnergies.print(model, streams.out());
    streams.out().println();
    streams.out().println("3. The model continues " + PROMPT);
    write(model);
  }

  private Map<String, Object> document(
      TrainedModel model, ModelEvaluation found, boolean checked, List<String> wrong) {
    Map<String, Object> results = new LinkedHashMap<>(new EvaluationReport(found).document());
    results.put("checked", checked);
    results.put("wrong", wrong);
    return ModelOption.document(discovery.get(), null, model, results);
  }

  /** Returns whether the expected scores hold with these overrides: on any backend. */
  static boolean comparable(Overrides overrides) {
    return overrides.within("backend").size() == overrides.assignments().size();
  }

  private void write(TrainedModel model) {
    Interactions interactions = Interactions.of(discovery.get());
    CommonOptions common = CommonOptions.of(model.parts().steps().taken());
    Map<String, Object> sampled = Map.of("--prompt", PROMPT, "--temperature", 0.6);
    Map<String, Object> explained = new HashMap<>(sampled);
    explained.put("--explain", true);
    OutputPrinter printer = new OutputPrinter(streams);
    interactions.run(model, common.withCount(TOKENS / 3), explained, printer);
    printer.end();
    interactions.run(model, common.withCount(TOKENS * 4), sampled, printer);
    printer.end();
  }

  /** Returns the differences from the expected scores. */
  static List<String> wrong(List<BundledScores.Score> expected, List<BudgetResult> results) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      double loss = results.get(i).loss();
      if (!(Math.abs(loss - expected.get(i).loss()) <= TOLERANCE)) {
        wrong.add(
            String.format(
                Locale.ROOT,
                "the loss after %s is %.4f; %.4f ± %.4f expected",
                ValueFormat.counted(results.get(i).steps(), "step"),
                loss,
                expected.get(i).loss(),
                TOLERANCE));
      }
      double energy = results.get(i).energy().orElse(Double.NaN);
      double before = i == 0 ? Double.NaN : results.get(i - 1).energy().orElse(Double.NaN);
      if (i > 0 && !(energy < before)) {
        wrong.add(
            String.format(
                Locale.ROOT,
                "thinking did not lower the energy from %d to %d steps: %.5f, %.5f",
                results.get(i - 1).steps(),
                results.get(i).steps(),
                before,
                energy));
      }
    }
    return wrong;
  }
}
