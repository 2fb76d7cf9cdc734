package dev.ebt.bench.step;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Cluster;
import dev.ebt.backend.ProcessGroup;
import dev.ebt.bench.console.CommandLineLogging;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Plugins;
import dev.ebt.tensor.Variable;
import dev.ebt.train.SharedUpdates;
import dev.ebt.train.TrainingStepper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The program of one of the processes whose training steps are measured. It makes the steps up to
 * the next sum over processes for each line that it reads, one without local steps, and answers
 * with a line of what one of them has taken: seconds, seconds in sums, bytes sent, CPU seconds.
 */
public final class StepWorker {
  private static final int MISTAKE = 2;

  private StepWorker() {}

  /**
   * The arguments of a process.
   *
   * @param backend its settings, as {@code --set} has them
   * @param localSteps the steps of a process between two averages; 1 for sums of gradients
   */
  static List<String> arguments(
      StepBenchmarkSettings size,
      int localSteps,
      List<String> backend,
      List<String> addresses,
      int rank) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(String.join("\n", backend), String.join(",", addresses), Integer.toString(rank)));
    arguments.addAll(List.of(size.objective(), size.conditioning()));
    for (int number :
        new int[] {
          size.layers(),
          size.width(),
          size.heads(),
          size.batch(),
          size.length(),
          size.vocabulary(),
          size.steps().get(0),
          localSteps
        }) {
      arguments.add(Integer.toString(number));
    }
    arguments.add(Boolean.toString(size.recompute()));
    return arguments;
  }

  /**
   * Makes training steps.
   *
   * @param args as {@link #arguments} returns them, and then the jars and folders of plugins
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    CommandLineLogging.use();
    StandardStreams streams = StandardStreams.system();
    try {
      List<Path> plugins = Arrays.stream(args).skip(14).map(Path::of).toList();
      Overrides backend = Overrides.parse(Arrays.asList(args[0].split("\n", -1)));
      try (Components parts = StepBenchmark.components(Plugins.discover(plugins), backend)) {
        work(
            size(args),
            Integer.parseInt(args[12]),
            parts.get(Backend.class),
            cluster(args),
            streams);
      }
      System.exit(0);
    } catch (UserException e) {
      streams.err().println("ebt: " + e.getMessage());
      System.exit(MISTAKE);
    }
  }

  private static Cluster cluster(String[] args) {
    return new Cluster(
        List.of(args[1].split(",")), Integer.parseInt(args[2]), Cluster.DEFAULT_TIMEOUT);
  }

  private static StepBenchmarkSettings size(String[] args) {
    int[] numbers = Arrays.stream(args, 5, 12).mapToInt(Integer::parseInt).toArray();
    return new StepBenchmarkSettings(
        args[3],
        args[4],
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        List.of(numbers[6]),
        1,
        Boolean.parseBoolean(args[13]));
  }

  private static void work(
      StepBenchmarkSettings size,
      int localSteps,
      Backend backend,
      Cluster cluster,
      StandardStreams streams)
      throws IOException {
    List<Batch> batches = List.of(StepBenchmark.batch(size));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    try (MeasuredProcesses processes =
            new MeasuredProcesses(
                cluster.size() == 1 ? ProcessGroup.alone() : backend.join(cluster));
        TrainingStepper stepper =
            new TrainingStepper(
                size.problem(size.steps().get(0)),
                backend,
                size.rule(),
                33,
                new SharedUpdates(processes, processes.size(), localSteps))) {
      stepper.initialize();
      List<Variable> variables = new ArrayList<>(stepper.slots());
      stepper.parameters().stream().map(ParameterSpec::variable).forEach(variables::add);
      processes.broadcast(variables);
      long step = 1;
      while (orders.readLine() != null) {
        processes.takeSeconds();
        processes.takeBytes();
        long first = step;
        step += localSteps;
        Stopwatch.Time time =
            Stopwatch.time(
                () -> {
                  for (int i = 0; i < localSteps; i++) {
                    stepper.step(first + i, batches);
                  }
                });
        streams
            .out()
            .printf(
                Locale.ROOT,
                "%.6f %.6f %.0f %.6f%n",
                time.seconds() / localSteps,
                processes.takeSeconds() / localSteps,
                processes.takeBytes() / localSteps,
                time.cpuSeconds() / localSteps);
      }
    }
  }
}
