package dev.ebt.bench.command;

import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the text model that a benchmark measures, and of the backend that computes it. */
final class TextModelOptions {
  @Option(names = "--backend", paramLabel = "NAME", defaultValue = "tensorflow")
  private String backend;

  @Option(
      names = "--model",
      paramLabel = "CONDITIONING",
      defaultValue = "none",
      description = "Conditioning: none or time_embed (${DEFAULT-VALUE}).")
  private String model;

  @Option(names = "--layers", paramLabel = "N", defaultValue = "4")
  private int layers;

  @Option(names = "--width", paramLabel = "N", defaultValue = "256")
  private int width;

  @Option(names = "--heads", paramLabel = "N", defaultValue = "4")
  private int heads;

  @Option(names = "--vocab", paramLabel = "N", defaultValue = "512")
  private int vocabulary;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "A setting of the backend, such as backend.precision=bfloat16.")
  private List<String> settings = List.of();

  /** Returns the settings of the backend, as {@code --set} has them. */
  List<String> backend() {
    List<String> all = new ArrayList<>(List.of("backend.name=" + backend));
    all.addAll(settings());
    return all;
  }

  /** Returns the values of {@code --set}. */
  private List<String> settings() {
    for (String setting : settings) {
      if (!setting.startsWith("backend.")) {
        throw new UserException(
            "--set " + setting + ": a benchmark has settings of the backend only, backend.…");
      }
    }
    return settings;
  }

  /**
   * Returns the settings of the backend.
   *
   * @param threads of TensorFlow; null for as many as it chooses
   * @param xla whether XLA compiles small programs
   */
  Overrides overrides(@Nullable Integer threads, boolean xla) {
    List<Assignment> all = new ArrayList<>();
    if (xla) {
      all.add(Assignment.of("backend.xla", true, Origin.option("--xla")));
    }
    if (threads != null) {
      Origin origin = Origin.option("--threads " + threads);
      all.add(Assignment.of("backend.intraThreads", threads, origin));
      all.add(Assignment.of("backend.interThreads", threads, origin));
    }
    Assignment name = Assignment.of("backend.name", backend, Origin.option("--backend " + backend));
    return Overrides.of(name).and(Overrides.parse(settings())).and(all.toArray(Assignment[]::new));
  }

  String model() {
    return model;
  }

  int layers() {
    return layers;
  }

  int width() {
    return width;
  }

  int heads() {
    return heads;
  }

  int vocabulary() {
    return vocabulary;
  }
}
