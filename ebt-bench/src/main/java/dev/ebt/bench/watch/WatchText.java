package dev.ebt.bench.watch;

import dev.ebt.bench.progress.MetricFields;
import dev.ebt.bench.progress.ProgressLine;
import dev.ebt.error.Required;
import dev.ebt.run.RunStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Watched runs as text: a line for each line of their metrics. */
public final class WatchText implements WatchListener {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean several;
  private final Function<Path, String> resume;

  /**
   * Creates a printer.
   *
   * @param several whether lines begin with the run that they are of
   * @param resume the command that resumes a run
   */
  public WatchText(
      PrintStream out, PrintStream err, boolean several, Function<Path, String> resume) {
    this.out = out;
    this.err = err;
    this.several = several;
    this.resume = resume;
  }

  @Override
  public void waiting(Path run) {
    err.println("ebt: waiting for " + run + ", which does not exist yet; Ctrl-C ends");
  }

  @Override
  public void metrics(Path run, long steps, Map<String, Object> line) {
    List<String> fields = new ArrayList<>();
    fields.add(line.get("step") + "/" + steps);
    fields.addAll(pace(line, steps));
    fields.addAll(MetricFields.of(line));
    fields.addAll(validation(line));
    print(run, String.join("  ", fields));
  }

  private void print(Path run, String text) {
    out.println(several ? run + "  " + text : text);
    out.flush();
  }

  /** Returns the updates per second and the time left, where a line has the rate of its data. */
  private static List<String> pace(Map<String, Object> line, long steps) {
    return MetricFields.updatesPerSecond(line)
        .map(
            rate -> {
              double left = (steps - ((Number) Required.of(line, "step")).doubleValue()) / rate;
              return List.of(ProgressLine.rate(rate), ProgressLine.time(left) + " left");
            })
        .orElse(List.of());
  }

  private static List<String> validation(Map<String, Object> line) {
    if (!(line.get("validation.lossBySteps") instanceof List<?> losses)) {
      return List.of();
    }
    List<String> fields = new ArrayList<>(List.of("validation " + joined(losses)));
    if (line.get("validation.energyBySteps") instanceof List<?> energies) {
      fields.add("energy " + joined(energies));
    }
    return fields;
  }

  private static String joined(List<?> values) {
    return values.stream()
        .map(
            value ->
                value instanceof Number number
                    ? String.format(Locale.ROOT, "%.3f", number.doubleValue())
                    : "?")
        .collect(Collectors.joining(" "));
  }

  @Override
  public void problem(Path run, String what) {
    err.println("ebt: " + run + ": " + what);
  }

  @Override
  public void ended(Path run, long step, RunStatus status) {
    print(run, ending(run, step, status));
  }

  private String ending(Path run, long step, RunStatus status) {
    String saved =
        status.saved() == 0
            ? "nothing is saved."
            : "step "
                + status.saved()
                + " of "
                + status.steps()
                + " is saved. Resume with: "
                + resume.apply(run);
    return switch (status.phase()) {
      case TRAINING -> "in training";
      case COMPLETE -> "finished: all " + status.steps() + " updates are done";
      case STOPPED ->
          "stopped" + (status.reason().isEmpty() ? "" : ", as " + status.reason()) + ": " + saved;
      case FAILED -> "failed: " + status.reason();
      case DIED -> "died: its process is gone after step " + step + "; " + saved;
      case UNKNOWN -> "no process trains it; " + saved;
    };
  }
}
