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
 * {@code parts/} for what the configuration speaks of, such as a tokenizer. One training at a time
 * holds it; any number may read. Closing lets go of it.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String CONFIGURATION = "config.yaml";

  /** The folder of files that the configuration speaks of. */
  public static final String PARTS = "parts";

  private final Path path;
  private final @Nullable RunLock lock;

  private RunDirectory(Path path, @Nullable RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Begins a run that needs no files of its own. */
  public static RunDirectory create(Path path, String configuration) {
    return create(path, configuration, Map.of());
  }

  /**
   * Begins a run.
   *
   * @param configuration YAML, as resolved
   * @param files what the configuration speaks of, by paths in {@link #PARTS}
   * @throws UserException if there is something at this place already
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
            path + " is there already; " + resume + "choose another place with --out");
      }
      Files.createDirectories(path);
      lock = RunLock.on(path);
      // The configuration comes last, because it is what makes this a run.
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
      Path kept = path.resolve(file.getKey());
      Files.createDirectories(kept.getParent());
      DurableFiles.write(kept, out -> out.write(file.getValue()));
    }
  }

  /** A run that was killed before it wrote anything counts as none. */
  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .allMatch(
              name -> name.equals(RunLock.FILE) || name.equals(PARTS) || name.startsWith(".tmp-"));
    }
  }

  /**
   * Goes on with a run.
   *
   * @throws UserException if there is none, or if another training holds it
   */
  public static RunDirectory resume(Path path) {
    check(path);
    if (Files.exists(path.resolve(StoredCheckpoint.PROGRESS))) {
      throw new UserException(
          path
              + " is a published model and no run: what learning remembers was left out. Resume the"
              + " run that it came from, or begin a new one with --out");
    }
    try {
      return new RunDirectory(path, RunLock.on(path));
    } catch (IOException e) {
      throw DurableFiles.unwritable(
          path.resolve(RunLock.FILE).toString(), e, "The run is untouched.");
    }
  }

  /** Looks at a run, which may be going on. */
  public static RunDirectory read(Path path) {
    check(path);
    return new RunDirectory(path, null);
  }

  private static void check(Path path) {
    if (!Files.exists(path)) {
      throw new UserException(path + ": there is no such run");
    }
    if (!Files.isRegularFile(path.resolve(CONFIGURATION))) {
      throw new UserException(path + " is no run: it has no " + CONFIGURATION);
    }
  }

  /** The directory. */
  public Path path() {
    return path;
  }

  /** The configuration as resolved. */
  public Path configuration() {
    return path.resolve(CONFIGURATION);
  }

  /**
   * From now on the run has this configuration.
   *
   * @param files what it speaks of, by paths in {@link #PARTS}
   * @throws UserException if it cannot be written; the one before is untouched then
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

  /** What was saved. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /** The file of the figures. */
  public Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  /** The figures, of a run that begins. */
  public MetricsLog metrics() {
    return MetricsLog.open(metricsFile());
  }

  /** The figures, of a run that goes on from a checkpoint of this step. */
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
