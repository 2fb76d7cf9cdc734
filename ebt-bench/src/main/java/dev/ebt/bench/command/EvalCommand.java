package dev.ebt.bench.command;

import static dev.ebt.bench.command.OptionBounds.positive;
import static dev.ebt.bench.command.OptionBounds.rising;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.report.TaskReport;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.bench.report.ValidationReport;
import dev.ebt.bench.report.Variation;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.Evaluations;
import dev.ebt.interact.VariedSetting;
import dev.ebt.modality.Dataset;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.CheckpointMetadata;
import dev.ebt.think.Evaluation;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that evaluates a trained model by number of thinking steps. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Evaluate loss and energy by number of thinking steps.",
    description = {
      "",
      "Data: the validation data of the run, another file or folder, or published tasks. With",
      "--candidates several candidates are computed per prediction, and the one with the"
          + " lowest",
      "energy is used.",
      "",
      "  ./ebt eval runs/book --steps 1,2,3,4,8",
      "  ./ebt eval runs/book --data other.txt --json",
      "  ./ebt eval runs/book --steps 2,4 --candidates 1,5",
      "  ./ebt eval runs/book --task gsm8k=test.jsonl --task lambada=lambada_test.jsonl --limit 100",
      "  ./ebt eval runs/brackets --set data.maxDepth=6 --set data.minDepth=4",
      "  ./ebt eval runs/shapes --noise 0.1,0.2,0.3 --steps 1,2,3",
      "  ./ebt eval runs/book runs/baseline           compares two runs in one table",
      "  ./ebt eval runs/dit --steps 1,10,50,100      evaluations of a diffusion model",
      ""
    })
public final class EvalCommand implements Callable<Integer>, PluginOptions {
  private final Supplier<Catalog> discovery;

  @Spec private CommandSpec spec;

  private Evaluations evaluations;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "A run's directory; several runs are compared in one table.")
  private List<Path> runs;

  @Mixin private DataOption data;

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "N",
      description = "Numbers of thinking steps, or of network evaluations (1,2,4).")
  private @Nullable List<Integer> steps;

  @Option(
      names = "--candidates",
      split = ",",
      paramLabel = "N",
      description = "Candidates per prediction; the one with the lowest energy is used (1).")
  private List<Integer> candidates = List.of(1);

  @Option(
      names = {"--limit", "--rows"},
      paramLabel = "N",
      description = "Maximum number of examples, or records of a task (all).")
  private int limit = Integer.MAX_VALUE;

  @Option(names = "--batch", paramLabel = "N", description = "Examples per batch (16).")
  private int batch = 16;

  @Mixin private TaskOption tasks;

  @Option(names = "--generate", description = "Also generate answers to tasks; takes far longer.")
  private boolean generate;

  @Mixin private ModelOption option;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Inject
  EvalCommand(Supplier<Catalog> discovery) {
    this.discovery = discovery;
  }

  @Override
  public void addOptions(CommandSpec command) {
    evaluations = Evaluations.of(discovery.get());
    VariedSettingOptions.add(evaluations.variedSettings(), command);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<Integer> counts = steps == null ? null : rising("--steps", steps, 0);
    List<Integer> choices = rising("--candidates", candidates, 1);
    positive("--batch", batch);
    positive("--limit", limit);
    List<EvaluationTask> wanted = tasks();
    List<Variation> variations =
        VariedSettingOptions.given(
            evaluations.variedSettings(), spec.commandLine().getParseResult());
    Catalog catalog = discovery.get();
    if (runs.size() > 1 || !variations.isEmpty()) {
      if (!wanted.isEmpty()) {
        throw new UserException(
            "--task evaluates one run at a time"
                + (variations.isEmpty()
                    ? ""
                    : ", without " + variations.get(0).setting().option()));
      }
      compare(catalog, counts, choices, variations);
      return 0;
    }
    Path run = runs.get(0);
    try (TrainedModel model =
        TrainedModel.open(catalog, run, option.checkpoint(), allOverrides(catalog, run))) {
      Evaluation.ComputeBudgets budgets = budgets(model, counts, choices);
      model.parts().check(budgets);
      if (wanted.isEmpty()) {
        judge(model, dataset(model, run), budgets);
      } else {
        judge(model, budgets, wanted);
      }
      return 0;
    }
  }

  private static Evaluation.ComputeBudgets budgets(
      TrainedModel model, @Nullable List<Integer> counts, List<Integer> choices) {
    return new Evaluation.ComputeBudgets(
        requireNonNullElse(counts, model.parts().steps().usual()), choices);
  }

  /** Several runs, or values of a setting, each on its own validation data, in one table. */
  private void compare(
      Catalog catalog,
      @Nullable List<Integer> counts,
      List<Integer> choices,
      List<Variation> variations)
      throws JsonProcessingException {
    RunComparison.Opening opening =
        new RunComparison.Opening() {
          @Override
          public TrainedModel open(Path run, @Nullable Variation variation) {
            Overrides overrides =
                allOverrides(catalog, run).and(overrides(catalog, run, variation));
            return TrainedModel.open(catalog, run, option.checkpoint(), overrides);
          }

          @Override
          public Dataset dataset(TrainedModel model, Path run) {
            return EvalCommand.this.dataset(model, run);
          }

          @Override
          public void warnOfOtherData(TrainedModel model, Dataset dataset, Path run) {
            EvalCommand.this.warnOfOtherData(model, dataset, run);
          }
        };
    new RunComparison(catalog, opening, counts, choices, batch, limit)
        .print(runs, variations.isEmpty() ? Collections.singletonList(null) : variations, json);
  }

  /** Returns the settings that a value of a varied setting stands for. */
  private Overrides overrides(Catalog catalog, Path run, @Nullable Variation variation) {
    if (variation == null) {
      return Overrides.none();
    }
    VariedSetting setting = variation.setting();
    String modality = TrainedModel.modalityName(catalog, run, option.overrides());
    if (!modality.equals(setting.modality())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is for %s; %s has modality '%s'",
              setting.option(),
              setting.subject(),
              run,
              modality));
    }
    Origin origin = Origin.option(variation.toString());
    return Overrides.of(
        setting.settings().apply(variation.value()).entrySet().stream()
            .map(each -> Assignment.of(each.getKey(), each.getValue(), origin))
            .toArray(Assignment[]::new));
  }

  /** Returns the data of the run, which may no longer exist, or other data. */
  private Dataset dataset(TrainedModel model, Path run) {
    try {
      return model.parts().dataset();
    } catch (UserException e) {
      if (data.given()) {
        throw e;
      }
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s. This is the data of %s in its config.yaml; select other data with --data",
              e.getMessage(),
              run),
          e);
    }
  }

  /** Evaluates on validation data. */
  private void judge(TrainedModel model, Dataset dataset, Evaluation.ComputeBudgets budgets)
      throws JsonProcessingException {
    warnOfOtherData(model, dataset, runs.get(0));
    ValidationReport found = ValidationReport.of(model.parts(), budgets, batch, limit);
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(document(model, found)));
    } else {
      System.out.println(ThinkingTable.heading(dataset, limit));
      ThinkingTable.print(dataset, found, System.out);
    }
  }

  /** By tasks. */
  private void judge(
      TrainedModel model, Evaluation.ComputeBudgets budgets, List<EvaluationTask> wanted)
      throws JsonProcessingException {
    for (EvaluationTask task : wanted) {
      if (!task.supports(model.modality())) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "--task %s is for %s; this run has modality '%s'",
                task.name(),
                task.subject(),
                model.parts().configuration().modality().name()));
      }
    }
    List<Map<String, Object>> documents = new ArrayList<>();
    for (EvaluationTask task : wanted) {
      TaskReport report =
          new TaskReport(
              task,
              task.evaluate(model.parts(), budgets, batch, generate),
              model.parts().configuration().compatibility());
      if (json) {
        documents.add(report.document());
      } else {
        report.print(System.out);
      }
    }
    if (json) {
      Map<String, Object> document = begun(model);
      document.put("tasks", documents);
      System.out.println(new ObjectMapper().writeValueAsString(document));
    }
  }

  /** Read before anything is opened, so that a mistake is told at once. */
  private List<EvaluationTask> tasks() {
    List<TaskOption.Named> named = tasks.named(evaluations.tasks());
    if (!named.isEmpty() && data.given()) {
      throw new UserException("--task and --data exclude each other; use one of them");
    }
    if (named.isEmpty() && generate) {
      throw new UserException("--generate needs --task");
    }
    return named.stream()
        .map(each -> evaluations.task(each.format()).read(each.path()).limited(limit))
        .toList();
  }

  /** Warns if the validation data of the run has changed since its training. */
  private void warnOfOtherData(TrainedModel model, Dataset dataset, Path run) {
    CheckpointMetadata.Part trained = model.progress().parts().get("data");
    boolean asked =
        data.given() || !option.overrides().where(each -> !each.within("backend")).isEmpty();
    if (!asked && trained != null && !trained.fingerprint().equals(dataset.fingerprint())) {
      System.err.println("ebt: the data has changed since " + run + " was trained on it");
    }
  }

  private Map<String, Object> document(TrainedModel model, ValidationReport found) {
    Map<String, Object> document = begun(model);
    document.put("data", model.parts().dataset().description());
    document.putAll(found.summary());
    document.put("results", found.lines());
    if (!found.targets().isEmpty()) {
      document.put("targets", found.targets());
    }
    found.naive().ifPresent(naive -> document.put("naiveBaseline", naive));
    return document;
  }

  private Map<String, Object> begun(TrainedModel model) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", runs.get(0).toString());
    document.put("step", model.progress().step());
    return document;
  }

  /** Returns overrides that use other data as a whole for validation. */
  private Overrides allOverrides(Catalog catalog, Path run) {
    Overrides own = option.overrides();
    Overrides all = data.overrides(() -> TrainedModel.modalityName(catalog, run, own));
    if (data.given()) {
      all = all.and(Assignment.of("data.validation", 1, Origin.option("--data " + data.path())));
    }
    return all.and(own);
  }
}
