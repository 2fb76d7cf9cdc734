package dev.ebt.bench.step;

import dev.ebt.bench.cluster.ChildProcess;
import dev.ebt.bench.cluster.ReservedPorts;
import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark of training steps that several processes share. Each process has one thread and a
 * batch of its own, so that N processes train on N times the rows. Groups of different sizes take
 * their steps in turns, so that other load on the machine affects all of them alike.
 */
public final class ScalingBenchmark {
  private final List<String> backend;
  private final List<Path> plugins;

  /**
   * Creates a benchmark.
   *
   * @param backend its settings, as {@code --set} has them
   * @param plugins jars and folders of further plugins
   */
  public ScalingBenchmark(List<String> backend, List<Path> plugins) {
    this.backend = List.copyOf(backend);
    this.plugins = List.copyOf(plugins);
  }

  /**
   * Measures groups of processes.
   *
   * @param size of the model; its first number of thinking steps is measured
   * @param counts the numbers of processes
   * @param localSteps the steps of a process between two averages, 1 for sums of gradients; each is
   *     measured with each number of processes but one, which has none to average with
   * @throws UserException if a number is below 1, or there are local steps and no number of
   *     processes above 1
   */
  public List<ScalingResult> run(
      StepBenchmarkSettings size, List<Integer> counts, List<Integer> localSteps) {
    List<Group> all = groups(counts, localSteps);
    List<List<ChildProcess>> groups = new ArrayList<>();
    List<ReservedPorts> ports = new ArrayList<>();
    try {
      for (Group group : all) {
        List<ChildProcess> started = new ArrayList<>();
        groups.add(started);
        ports.add(new ReservedPorts(group.processes()));
        start(size, group.localSteps(), ports.get(ports.size() - 1), started);
      }
      List<ScalingResult.Builder> results =
          all.stream()
              .map(g -> new ScalingResult.Builder(g.processes(), g.localSteps(), size.batch()))
              .toList();
      for (int round = 0; round <= size.repeat(); round++) {
        for (int i = 0; i < groups.size(); i++) {
          double[] step = step(groups.get(i));
          if (round > 0) { // The first step compiles.
            results.get(i).add(step);
          }
        }
      }
      return results.stream().map(ScalingResult.Builder::build).toList();
    } finally {
      groups.forEach(group -> group.forEach(ChildProcess::close));
      ports.forEach(ReservedPorts::close);
    }
  }

  /** Processes that make steps together. */
  private record Group(int processes, int localSteps) {}

  private static List<Group> groups(List<Integer> counts, List<Integer> localSteps) {
    List<Group> groups = new ArrayList<>();
    for (int count : counts) {
      atLeastOne("--processes", count);
      for (int steps : localSteps) {
        atLeastOne("--local-steps", steps);
        Group group = new Group(count, count == 1 ? 1 : steps);
        if (!groups.contains(group)) {
          groups.add(group);
        }
      }
    }
    if (counts.stream().allMatch(count -> count == 1)
        && localSteps.stream().anyMatch(steps -> steps > 1)) {
      throw new UserException(
          "--local-steps are those between two averages of several processes, and --processes has"
              + " none but 1; several expected, such as --processes 1,2");
    }
    return groups;
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new UserException(option + " is " + value + "; at least 1 expected");
    }
  }

  /** Starts processes, each of which is in its group before the next one starts. */
  private void start(
      StepBenchmarkSettings size, int localSteps, ReservedPorts ports, List<ChildProcess> group) {
    List<String> addresses = ports.addresses();
    for (int rank = 0; rank < addresses.size(); rank++) {
      List<String> arguments = StepWorker.arguments(size, localSteps, backend, addresses, rank);
      plugins.forEach(path -> arguments.add(path.toString()));
      group.add(
          ChildProcess.start(
              StepWorker.class.getName(), List.of("-XX:ActiveProcessorCount=1"), arguments, ports));
    }
  }

  /** Returns the numbers of the first process for a step, or the mean one of local steps. */
  private static double[] step(List<ChildProcess> group) {
    group.forEach(process -> process.send("step"));
    List<String> answers = group.stream().map(ChildProcess::receive).toList();
    String[] words = answers.get(0).split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }
}
