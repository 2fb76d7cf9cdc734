package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.BenchmarkReport;
import dev.ebt.bench.report.ChromeTrace;
import dev.ebt.bench.report.ScalingTable;
import dev.ebt.bench.report.StepBenchmarkTable;
import dev.ebt.bench.report.TraceTable;
import dev.ebt.bench.step.ScalingBenchmark;
import dev.ebt.bench.step.ScalingResult;
import dev.ebt.bench.step.StepBenchmark;
import dev.ebt.bench.step.StepBenchmarkSettings;
import dev.ebt.config.Assignment;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that measures training steps. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "One training step of a text EBT.",
    description = {
      "",
      "  ./ebt bench step --layers 4 --width 256 --json",
      "  ./ebt bench step --objective s2 --steps 1,2,3,6    time by number of thinking" + " steps",
      "  ./ebt bench step --model time_embed --steps 0,2     time relative to the"
          + " Transformer++ baseline",
      "  ./ebt bench step --processes 1,2 --json            rows per second, and time in sums",
      "  ./ebt bench step --trace step.json                 where the time goes: by type of"
          + " operation",
      "  ./ebt bench step --set backend.precision=bfloat16   large products in bfloat16",
      ""
    })
public final class BenchStepCommand implements Callable<Integer> {
  /** The settings of the backend that --threads sets. */
  private static final Set<String> THREADS = Set.of("backend.intraThreads", "backend.interThreads");

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;
  private final GlobalOptions global;

  @Mixin private TextModelOptions text;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = "s1",
      description = "s1, s2 or unrolled (${DEFAULT-VALUE}).")
  private String objective;

  @Option(names = "--batch", paramLabel = "N", defaultValue = "8")
  private int batch;

  @Option(names = "--length", paramLabel = "N", defaultValue = "128")
  private int length;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "2",
      split = ",",
      description =
          "Thinking steps (${DEFAULT-VALUE}); several are compared; 0 is the" + " baseline.")
  private List<Integer> steps;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "12",
      description = {
        "Training steps after the first (${DEFAULT-VALUE}). As many again, at most "
            + StepBenchmark.PAIRS
            + ", follow,",
        "each next to its matrix products alone, and with --trace "
            + StepBenchmark.TRACED
            + " more; not with --processes."
      })
  private int repeat;

  @Option(
      names = "--processes",
      paramLabel = "N",
      split = ",",
      description =
          "Numbers of processes of one thread each, such as 1,2, whose steps are compared.")
  private List<Integer> processes = List.of();

  @Option(
      names = "--local-steps",
      paramLabel = "K",
      split = ",",
      description = {
        "With --processes: steps of each process between two averages, such as 1,8 (1: gradients",
        "are summed in every step). --repeat then counts averages."
      })
  private List<Integer> localSteps = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = {
        "Threads of TensorFlow (backend.intraThreads and interThreads; one per processor)."
      })
  private Integer threads;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "Write when each operation of a step ran, for chrome://tracing or ui.perfetto.dev, and",
        "print how long each type of operation took."
      })
  private Path trace;

  @Option(
      names = "--recompute",
      description = {
        "Compute activations of layers again rather than keep them, as training.recompute does."
      })
  private boolean recompute;

  @Option(names = "--json", description = "Print JSON instead of lines.")
  private boolean json;

  @Inject
  BenchStepCommand(StandardStreams streams, Supplier<Catalog> discovery, GlobalOptions global) {
    this.global = global;
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    StepBenchmarkSettings size =
        new StepBenchmarkSettings(
            objective,
            text.model(),
            text.layers(),
            text.width(),
            text.heads(),
            batch,
            length,
            text.vocabulary(),
            steps,
            repeat,
            recompute);
    if (!processes.isEmpty()) {
      return scaling(size);
    }
    if (!localSteps.isEmpty()) {
      throw new UserException("--local-steps needs --processes with several, such as 1,2");
    }
    if (trace != null && size.steps().size() > 1) {
      throw new UserException(
          "--trace shows steps with one number of thinking steps; --steps has " + size.steps());
    }
    StepBenchmark.Result result =
        new StepBenchmark(discovery.get(), text.overrides(threads, false))
            .run(
                size, trace != null, memory -> streams.err().println("memory    " + memory.line()));
    boolean several = result.timings().size() > 1;
    if (several && json) {
      streams.out().println(new ObjectMapper().writeValueAsString(StepBenchmarkTable.rows(result)));
    } else if (several) {
      StepBenchmarkTable.print(result, streams.out());
    } else {
      print(result);
    }
    return 0;
  }

  /** Prints the metrics of one number of steps, before the trace is written. */
  private void print(StepBenchmark.Result result) throws JsonProcessingException {
    ExecutionTrace traced = result.trace();
    Map<String, Object> metrics = result.metrics();
    if (traced != null && json) {
      metrics.put("types", TraceTable.rows(traced));
    }
    BenchmarkReport.print(metrics, json, streams.out());
    if (traced != null) {
      if (!json) {
        TraceTable.print(traced, streams.out());
      }
      WrittenFile.write(trace, ChromeTrace.json(traced), "--trace");
    }
  }

  private int scaling(StepBenchmarkSettings size) throws JsonProcessingException {
    if (trace != null || threads != null) {
      throw new UserException(
          "--processes measures processes of one thread each, and traces none; leave out "
              + (trace != null ? "--trace" : "--threads"));
    }
    List<String> backend = text.backend();
    for (Assignment setting : Overrides.parse(backend).assignments()) {
      if (THREADS.contains(setting.path())) {
        throw new UserException(
            "--processes measures processes of one thread each; leave out "
                + setting.origin().place());
      }
    }
    if (size.steps().size() > 1) {
      throw new UserException(
          "--processes compares numbers of processes with one number of thinking steps; --steps"
              + " has "
              + size.steps());
    }
    List<ScalingResult> results =
        new ScalingBenchmark(backend, global.plugins())
            .run(size, processes, localSteps.isEmpty() ? List.of(1) : localSteps);
    if (json) {
      streams.out().println(new ObjectMapper().writeValueAsString(ScalingTable.rows(results)));
    } else {
      ScalingTable.print(results, streams.out());
    }
    return 0;
  }
}
