package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.positive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Suppliers;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.ComparisonConsole;
import dev.ebt.bench.report.EvaluationReport;
import dev.ebt.bench.report.TaskReport;
import dev.ebt.bench.report.ThinkingTable;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.TaskJob;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.EvaluatedModel;
import dev.ebt.run.EvaluationJob;
import dev.ebt.run.EvaluationListener;
import dev.ebt.run.EvaluationRequest;
import dev.ebt.run.ModelEvaluation;
import dev.ebt.train.PublishedCompatibility;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
      "--candidates several candidates are computed per prediction, and one is selected, by",
      "default that of the lowest energy (thinking.select).",
      "",
      "  ./ebt eval runs/book --steps 1,2,3,4,8",
      "  ./ebt eval runs/book --data other.txt --json",
      "  ./ebt eval runs/book --steps 2,4 --candidates 1,5",
      "  ./ebt eval runs/book --task gsm8k=test.jsonl --task lambada=lambada_test.jsonl --limit"
          + " 100",
      "  ./ebt eval runs/brackets --set data.maxDepth=6 --set data.minDepth=4",
      "  ./ebt eval runs/shapes --noise 0.1,0.2,0.3 --steps 1,2,3",
      "  ./ebt eval runs/book runs/baseline           compares two runs in one table",
      "  ./ebt eval runs/dit --steps 1,10,50,100      evaluations of a diffusion model",
      "  ./ebt eval runs/shapes --curvature --steps 1,2,8",
      ""
    })
public final class EvalCommand implements Callable<Integer>, PluginOptions {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Spec private CommandSpec spec;

  private final Supplier<EvaluationCatalog> evaluations;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory, or a bundled model; several are compared in one table.")
  private List<Path> runs;

  @Mixin private DataOption data;

  @Mixin private ComputeOptions compute;

  @Option(
      names = {"--limit", "--rows"},
      paramLabel = "N",
      description = "Maximum number of examples, or records of a task (all).")
  private int limit = Integer.MAX_VALUE;

  @Mixin private TaskOption tasks;

  @Option(names = "--generate", description = "Also generate answers to tasks; takes far longer.")
  private boolean generate;

  @Mixin private ModelOption option;

  @Mixin private OtherDataOption other;

  @Mixin private EnergyMeasureOptions measures;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Inject
  EvalCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
    this.evaluations = Suppliers.memoize(() -> EvaluationCatalog.of(discovery.get()));
  }

  @Override
  public void addOptions(CommandSpec command) {
    VariedSettingOptions.add(evaluations.get().variedSettings(), command);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    EvaluationRequest request = request();
    if (measures.given()) {
      measure(request);
      return 0;
    }
    List<EvaluationTask> wanted = tasks();
    if (other.isGiven()) {
      show(other.measure(discovery.get(), request, !wanted.isEmpty()));
    } else if (!wanted.isEmpty()) {
      evaluateTasks(request, wanted);
    } else if (request.isComparison()) {
      compare(request);
    } else {
      evaluate(request);
    }
    return 0;
  }

  private EvaluationRequest request() {
    return EvaluationRequest.of(runs)
        .withCheckpoint(option.checkpoint())
        .withWeights(option.weights())
        .withData(data.data().orElse(null))
        .withOverrides(option.overrides())
        .withVariations(
            VariedSettingOptions.given(
                evaluations.get().variedSettings(), spec.commandLine().getParseResult()))
        .withSteps(compute.steps())
        .withCandidates(compute.candidates())
        .withRowsTogether(compute.batch())
        .withLimit(positive("--limit", limit));
  }

  /** Measures a property of the energy of one run. */
  private void measure(EvaluationRequest request) throws JsonProcessingException {
    List<String> others = new ArrayList<>();
    if (other.isGiven()) {
      others.add("--ood");
    }
    if (tasks.isGiven()) {
      others.add("--task");
    }
    if (generate) {
      others.add("--generate");
    }
    show(measures.measure(discovery.get(), request, others));
  }

  private void show(EnergyMeasureOptions.Measured found) throws JsonProcessingException {
    if (json) {
      Map<String, Object> document = begun(found.step());
      document.put(found.name(), found.document());
      print(document);
    } else {
      found.print().accept(streams.out());
    }
  }

  /** Evaluates one run on validation data. */
  private void evaluate(EvaluationRequest request) throws JsonProcessingException {
    try (EvaluationJob job = EvaluationJob.begin(discovery.get(), request)) {
      warnOfChangedData(job);
      EvaluationJob.Result result = job.run(new Warnings()).get(0);
      ModelEvaluation found = result.evaluation();
      if (json) {
        Map<String, Object> document = begun(result.step());
        document.putAll(new EvaluationReport(found).document());
        print(document);
      } else {
        streams.out().println(ThinkingTable.heading(found.data(), found.rows(), found.available()));
        ThinkingTable.print(found, streams.out());
      }
    }
  }

  /** Evaluates several runs, or values of a setting, each on its own validation data. */
  private void compare(EvaluationRequest request) throws JsonProcessingException {
    try (EvaluationJob job = EvaluationJob.begin(discovery.get(), request)) {
      warnOfChangedData(job);
      new ComparisonConsole(json, streams.out(), streams.err()).print(job);
    }
  }

  /** Prints warnings on standard error. */
  private final class Warnings implements EvaluationListener {
    @Override
    public void warned(EvaluatedModel model, String warning) {
      streams.err().println("ebt: " + warning);
    }
  }

  private void warnOfChangedData(EvaluationJob job) {
    for (Path run : job.runsWithChangedData()) {
      streams
          .err()
          .println(
              "ebt: the data has changed since "
                  + BundledModelFolders.given(run)
                  + " was trained on it");
    }
  }

  private void evaluateTasks(EvaluationRequest request, List<EvaluationTask> wanted)
      throws JsonProcessingException {
    try (TaskJob job = TaskJob.begin(discovery.get(), request, wanted)) {
      job.warning().ifPresent(warning -> streams.err().println("ebt: " + warning));
      PublishedCompatibility compatibility = job.model().parts().configuration().compatibility();
      List<Map<String, Object>> documents = new ArrayList<>();
      job.run(
          generate,
          result -> {
            TaskReport report = new TaskReport(result.task(), result.results(), compatibility);
            if (json) {
              documents.add(report.document());
            } else {
              report.print(streams.out());
            }
          });
      if (json) {
        Map<String, Object> document = begun(job.model().progress().step());
        document.put("tasks", documents);
        print(document);
      }
    }
  }

  /** Read before anything is opened, so that a mistake is told at once. */
  private List<EvaluationTask> tasks() {
    List<TaskOption.Named> named = tasks.named(evaluations.get().tasks());
    if (!named.isEmpty() && data.given()) {
      throw new UserException("--task and --data exclude each other; use one of them");
    }
    if (named.isEmpty() && generate) {
      throw new UserException("--generate needs --task");
    }
    return named.stream()
        .map(each -> evaluations.get().task(each.format()).read(each.path()))
        .toList();
  }

  private Map<String, Object> begun(long step) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("run", BundledModelFolders.given(runs.get(0)));
    document.put("step", step);
    return document;
  }

  private void print(Map<String, Object> document) throws JsonProcessingException {
    streams.out().println(new ObjectMapper().writeValueAsString(document));
  }
}
