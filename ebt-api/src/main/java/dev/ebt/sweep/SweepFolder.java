package dev.ebt.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ebt.error.UserException;
import dev.ebt.run.EbtVersion;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of a sweep, which is all of its state:
 *
 * <pre>
 *   plan.json                  the runs, how they are compared, and the version that planned them
 *   configurations/NAME.yaml   the resolved configuration of each run
 *   runs/NAME/                 ordinary runs
 *   logs/NAME.txt              the output of their processes
 * </pre>
 *
 * @param path the folder
 * @param plan the trainings
 * @param version the version and commit that planned them
 */
public record SweepFolder(Path path, SweepPlan plan, String version) {
  private static final String PLAN = "plan.json";
  private static final int LAYOUT = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** The content of {@code plan.json}. */
  private record Written(int layout, String version, SweepOptions options, List<WrittenRun> runs) {}

  /** A run in {@code plan.json}; its configuration is a file of its own. */
  private record WrittenRun(
      String name, LinkedHashMap<String, String> values, int steps, int validateEvery) {}

  /** Returns the version and commit that is running. */
  public static String runningVersion() {
    return EbtVersion.current() + ", commit " + EbtVersion.commit();
  }

  /** Returns whether a folder has a plan. */
  public static boolean isPresent(Path path) {
    return Files.isRegularFile(path.resolve(PLAN));
  }

  /**
   * Creates the folder of a sweep.
   *
   * @throws UserException if something else is there, or it cannot be written
   */
  public static SweepFolder create(Path path, SweepPlan plan) {
    try {
      if (Files.exists(path) && !isUnfinished(path)) {
        String resume = isPresent(path) ? "continue it with --resume " + path + ", or " : "";
        throw new UserException(
            path + " already exists; " + resume + "choose another place with --out");
      }
      Path configurations = Files.createDirectories(path.resolve("configurations"));
      for (PlannedRun run : plan.runs()) {
        DurableFiles.write(configurations.resolve(run.name() + ".yaml"), run.configuration());
      }
      String version = runningVersion();
      Written written =
          new Written(
              LAYOUT,
              version,
              plan.options(),
              plan.runs().stream()
                  .map(
                      run ->
                          new WrittenRun(
                              run.name(),
                              new LinkedHashMap<>(run.values()),
                              run.steps(),
                              run.validateEvery()))
                  .toList());
      // The plan is written last, because its presence is what marks a sweep.
      DurableFiles.write(
          path.resolve(PLAN),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
      return new SweepFolder(path, plan, version);
    } catch (IOException e) {
      throw DurableFiles.unwritable("sweep " + path, e, "Nothing was there before.");
    }
  }

  /** Returns whether there is nothing, or only what a killed program wrote before the plan. */
  private static boolean isUnfinished(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(
          file -> file.endsWith("configurations") || DurableFiles.isTemporary(file));
    }
  }

  /**
   * Opens a folder.
   *
   * @throws UserException if it is not that of a sweep, or cannot be read
   */
  public static SweepFolder open(Path path) {
    if (!isPresent(path)) {
      throw new UserException(
          path + (Files.exists(path) ? " is not a sweep: it has no " + PLAN : ": no such sweep"));
    }
    try {
      Written written = JSON.readValue(Files.readString(path.resolve(PLAN)), Written.class);
      if (written.layout() != LAYOUT) {
        throw new UserException(
            path.resolve(PLAN)
                + " has layout "
                + written.layout()
                + "; this version of ebt reads layout "
                + LAYOUT);
      }
      List<PlannedRun> runs = new ArrayList<>();
      for (WrittenRun run : written.runs()) {
        Path configuration = path.resolve("configurations").resolve(run.name() + ".yaml");
        runs.add(
            new PlannedRun(
                run.name(),
                run.values(),
                Files.readString(configuration),
                run.steps(),
                run.validateEvery()));
      }
      return new SweepFolder(path, new SweepPlan(runs, written.options()), written.version());
    } catch (JsonProcessingException e) {
      throw new UserException(
          path.resolve(PLAN) + " is damaged: " + e.getOriginalMessage() + "; begin a new sweep", e);
    } catch (IOException e) {
      throw DurableFiles.unreadable(path, e);
    }
  }

  /**
   * Refuses to mix runs of two versions, whose numbers may differ.
   *
   * @throws UserException if another version planned the runs
   */
  public void checkVersion() {
    if (!version.equals(runningVersion())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the runs of %s are those of ebt %s; this is ebt %s, and its numbers may differ."
                  + " Begin again with another --out",
              path,
              version,
              runningVersion()));
    }
  }

  /** Returns the configuration of a run, from which its training begins. */
  public Path configuration(PlannedRun run) {
    return path.resolve("configurations").resolve(run.name() + ".yaml");
  }

  /** Returns the folder of a run. */
  public Path run(PlannedRun run) {
    return path.resolve("runs").resolve(run.name());
  }

  /** Returns the file with the output of the processes that trained a run. */
  public Path log(PlannedRun run) {
    return path.resolve("logs").resolve(run.name() + ".txt");
  }
}
