package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run on disk: {@code config.yaml} as resolved, {@code metrics.jsonl}, {@code checkpoints/}, and
 * {@code parts/} for files that the configuration refers to, such as a tokenizer. Only one training
 * run at a time can lock it; any number of readers may open it. Closing releases the lock.
 */
public final class RunDirectory implements AutoCloseable {
  /** The file of the configuration. */
  public static final String CONFIGURATION = "config.yaml";

  /** The folder of files that the configuration refers to. */
  public static final String PARTS = "parts";

  private final Path path;
  private final @Nullable RunLock lock;

  private RunDirectory(Path path, @Nullable RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates a run that needs no files of its own. */
  public static RunDirectory create(Path path, String configuration) {
    return create(path, configuration, Map.of());
  }

  /**
   * Creates a run.
   *
   * @param configuration YAML, as resolved
   * @param files those that the configuration refers to, by paths in {@link #PARTS}
   * @throws UserException if the path exists and is not empty
   */
  public static RunDirectory create(Path path, String configuration, Map<String, byte[]> files) {
    RunLock lock = null;
    try {
      if (Files.exists(path) && !isEmpty(path)) {
        String resume =
            Files.exists(path.resolve(CONFIGURATION))
                ? "continue it with --resume " + path + ", or "
                : "";
        throw new UserException(
            path + " already exists; " + resume + "choose another place with --out");
      }
      Files.createDirectories(path);
      lock = RunLock.on(path);
      // The configuration is written last, because its presence is what marks a run.
      keep(path, files);
      DurableFiles.write(path.resolve(CONFIGURATION), configuration);
      return new RunDirectory(path, lock);
    } catch (IOException e) {
      if (lock != null) {
        lock.close();
      }
      throw DurableFiles.unwritable("run directory " + path, e, "Nothing was there before.");
    }
  }

  private static void keep(Path path, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = path.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      DurableFiles.write(target, out -> out.write(file.getValue()));
    }
  }

  /**
   * Returns whether the folder holds no run: one killed before it wrote its configuration counts as
   * none.
   */
  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(RunDirectory::precedesConfiguration);
    }
  }

  /** Returns whether a file of a run is written before its configuration. */
  private static boolean precedesConfiguration(Path file) {
    String name = file.getFileName().toString();
    return name.equals(RunLock.FILE) || name.equals(PARTS) || name.startsWith(".tmp-");
  }

  /**
   * Returns whether a run is at a path, or false if there can be one later: nothing is there, or
   * only what precedes the configuration of a run.
   *
   * @throws UserException if something else is there
   */
  public static boolean isPresent(Path path) {
    try {
      if (!Files.exists(path.resolve(CONFIGURATION)) && (!Files.exists(path) || isEmpty(path))) {
        return false;
      }
    } catch (IOException e) {
      throw DurableFiles.unreadable(path, e);
    }
    check(path);
    if (isExported(path)) {
      throw new UserException(path + " is an exported model, not a run: it has no metrics");
    }
    return true;
  }

  /** Returns whether a folder is an exported model and not a run. */
  public static boolean isExported(Path path) {
    return Files.exists(path.resolve(StoredCheckpoint.PROGRESS));
  }

  /**
   * Opens a run to continue it.
   *
   * @throws UserException if there is none, or if another training run has locked it
   */
  public static RunDirectory resume(Path path) {
    check(path);
    if (isExported(path)) {
      throw new UserException(
          path
              + " is an exported model, not a run: it has no optimizer state. Resume the"
              + " run that it came from, or begin a new one with --out");
    }
    try {
      return new RunDirectory(path, RunLock.on(path));
    } catch (IOException e) {
      throw DurableFiles.unwritable(
          path.resolve(RunLock.FILE).toString(), e, "The run is untouched.");
    }
  }

  /** Opens a run for reading; it may be in progress. */
  public static RunDirectory read(Path path) {
    check(path);
    return new RunDirectory(path, null);
  }

  private static void check(Path path) {
    if (!Files.exists(path)) {
      throw new UserException(path + ": no such run");
    }
    if (!Files.isRegularFile(path.resolve(CONFIGURATION))) {
      throw new UserException(path + " is not a run: it has no " + CONFIGURATION);
    }
  }

  /** Returns the directory. */
  public Path path() {
    return path;
  }

  /** Returns the path of the configuration as resolved. */
  public Path configuration() {
    return path.resolve(CONFIGURATION);
  }

  /**
   * Replaces the configuration of the run.
   *
   * @param files those that it refers to, by paths in {@link #PARTS}
   * @throws UserException if it cannot be written; the previous one is untouched then
   */
  public void configure(String yaml, Map<String, byte[]> files) {
    Path file = configuration();
    try {
      keep(path, files);
      if (!Files.readString(file).equals(yaml)) {
        DurableFiles.write(file, yaml);
      }
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.toString(), e, "It is as it was.");
    }
  }

  /** Returns the saved checkpoints. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** Returns the path of the metrics file. */
  public Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  /**
   * Returns whether a training holds the run, in this program or another one on this machine.
   *
   * @throws UserException if that cannot be found out
   */
  public boolean isTraining() {
    try {
      return RunLock.held(path);
    } catch (IOException e) {
      throw DurableFiles.unreadable(path.resolve(RunLock.FILE), e);
    }
  }

  /** Returns the record of the trainings of this run. */
  public RunHistory history() {
    return new RunHistory(path.resolve("history.jsonl"));
  }

  /** Opens the metrics of a new run. */
  public MetricsLog metrics() {
    return MetricsLog.open(metricsFile());
  }

  /** Opens the metrics of a run that continues from a checkpoint of this step. */
  public MetricsLog metricsFrom(long step) {
    return MetricsLog.resume(metricsFile(), step);
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
