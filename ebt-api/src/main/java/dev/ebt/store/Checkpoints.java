package dev.ebt.store;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, one folder each: {@code step-00000600}. A checkpoint gets this name
 * only when it is completely on disk. The latest ones and the best are kept.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** The name of the latest checkpoint that is not damaged. */
  public static final String LATEST_GOOD = "latest-good";

  /** The suffix of checkpoints later than the step to which a run was rolled back. */
  private static final String SET_ASIDE = ".set-aside";

  private final Path folder;

  /** Creates the checkpoints of a folder, which need not exist yet. */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * Saves a checkpoint, then deletes those that are neither the best nor among the latest.
   *
   * @param keep number of latest checkpoints to keep
   * @return its folder
   * @throws UserException if it cannot be saved; earlier checkpoints are untouched then
   */
  public Path save(
      CheckpointMetadata progress,
      Map<String, Array> parameters,
      Map<String, Array> optimizer,
      int keep) {
    return save(progress, parameters, optimizer, Map.of(), keep);
  }

  /**
   * Saves a checkpoint with the replay buffers of regularizers.
   *
   * @param memory arrays that are created on request
   */
  public Path save(
      CheckpointMetadata progress,
      Map<String, Array> parameters,
      Map<String, Array> optimizer,
      Map<String, Supplier<Array>> memory,
      int keep) {
    Path target = folder.resolve(String.format(Locale.ROOT, "step-%08d", progress.step()));
    Path temporary = DurableFiles.temporary(target);
    try {
      createFolder();
      deleteLeftovers();
      Files.createDirectory(temporary);
      StoredCheckpoint.write(temporary, progress, parameters, optimizer, memory);
      DurableFiles.syncFolder(temporary);
      Path replaced = target.resolveSibling(target.getFileName() + "~");
      if (Files.exists(target)) {
        DurableFiles.delete(replaced);
        Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncFolder(folder);
      DurableFiles.delete(replaced);
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteQuietly(temporary, e);
      Exception reason =
          e instanceof UserException && e.getCause() instanceof IOException io ? io : e;
      if (reason instanceof IOException) {
        throw DurableFiles.unwritable("checkpoint " + target, reason, safe());
      }
      throw (RuntimeException) e;
    }
    prune(keep);
    return target;
  }

  /** Creates the folder so that it outlasts a power failure, as its checkpoints do. */
  private void createFolder() throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    boolean missing = !Files.isDirectory(folder);
    Files.createDirectories(folder);
    if (missing && parent != null) {
      DurableFiles.syncFolder(parent);
    }
  }

  private String safe() {
    List<Path> saved = complete();
    return saved.isEmpty()
        ? "No checkpoint was saved before."
        : "The checkpoint before, " + saved.get(saved.size() - 1) + ", is untouched.";
  }

  /** Deletes temporary files of interrupted writers. */
  private void deleteLeftovers() throws IOException {
    List<Path> leftovers;
    try (Stream<Path> files = Files.list(folder)) {
      leftovers = files.filter(f -> f.getFileName().toString().startsWith(".tmp-")).toList();
    }
    for (Path leftover : leftovers) {
      DurableFiles.delete(leftover);
    }
  }

  private void prune(int keep) {
    List<Path> all = complete();
    Optional<Path> best = CheckpointFolders.best(all);
    for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
      if (best.isPresent() && best.get().equals(old)) {
        continue;
      }
      try {
        // Rename to a temporary name first: a half-deleted checkpoint must not look like a complete
        // one.
        Path going = DurableFiles.temporary(old);
        Files.move(old, going, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.delete(going);
      } catch (IOException e) {
        LOG.warn("old checkpoint {} cannot be deleted: {}", old, e.toString());
      }
    }
  }

  /**
   * Returns the folders of all complete checkpoints, oldest first. Incomplete ones are skipped with
   * a warning.
   */
  public List<Path> complete() {
    return CheckpointFolders.complete(folder);
  }

  /** Returns the step of the latest complete checkpoint; 0 if there is none. */
  public long latestStep() {
    List<Path> all = complete();
    return all.isEmpty() ? 0 : CheckpointFolders.step(all.get(all.size() - 1));
  }

  /**
   * Reads the latest complete checkpoint.
   *
   * @throws UserException if there is none, or if it is damaged
   */
  public StoredCheckpoint latest() {
    List<Path> all = complete();
    if (all.isEmpty()) {
      throw new UserException(folder + " has no complete checkpoint");
    }
    return read(all, all.get(all.size() - 1));
  }

  /**
   * Reads the latest checkpoint that is not damaged, and warns of each later one.
   *
   * @throws UserException if there is none
   */
  public StoredCheckpoint latestGood() {
    List<Path> all = complete();
    for (int i = all.size() - 1; i > 0; i--) {
      try {
        return verified(all.get(i));
      } catch (MissingBaseException e) {
        throw e; // The ones before need the same base.
      } catch (UserException e) {
        LOG.warn("{}. The one before is taken", e.getMessage());
      }
    }
    return all.isEmpty() ? latest() : verified(all.get(0));
  }

  /**
   * Reads the checkpoint of this name.
   *
   * @param name {@code latest}, {@code latest-good}, {@code best}, a step, or the name of a folder
   */
  public StoredCheckpoint named(String name) {
    List<Path> all = complete();
    if (name.equals("latest") || all.isEmpty()) {
      return latest();
    }
    if (name.equals(LATEST_GOOD)) {
      return latestGood();
    }
    if (name.equals("best")) {
      return CheckpointFolders.best(all).map(path -> read(all, path)).orElseGet(this::latest);
    }
    String wanted =
        name.matches("[0-9]{1,18}")
            ? String.format(Locale.ROOT, "step-%08d", Long.parseLong(name))
            : name;
    return all.stream()
        .filter(path -> path.getFileName().toString().replace("~", "").equals(wanted))
        .findFirst()
        .map(path -> read(all, path))
        .orElseThrow(
            () ->
                UnknownName.of(
                    "checkpoint",
                    name,
                    all.stream().map(p -> p.getFileName().toString()).collect(toSet())));
  }

  private static StoredCheckpoint verified(Path folder) {
    CheckpointFolders.progress(folder);
    return StoredCheckpoint.read(folder);
  }

  private static StoredCheckpoint read(List<Path> all, Path wanted) {
    try {
      return verified(wanted);
    } catch (MissingBaseException e) {
      throw e; // Other checkpoints need the same base.
    } catch (UserException e) {
      List<Path> others = all.stream().filter(path -> !path.equals(wanted)).toList();
      if (others.isEmpty()) {
        throw e;
      }
      throw new UserException(
          e.getMessage()
              + ". Other checkpoints here: "
              + others.stream().map(p -> p.getFileName().toString()).collect(joining(", "))
              + "; take one with --checkpoint, such as --checkpoint "
              + CheckpointFolders.step(others.get(others.size() - 1))
              + ", or the latest one that is not damaged with --checkpoint "
              + LATEST_GOOD,
          e);
    }
  }

  /**
   * Renames the checkpoints after a step, which do not belong to a run that continues from that
   * step.
   *
   * @return their renamed folders
   * @throws UserException if one cannot be renamed
   */
  public List<Path> setAsideAfter(long step) {
    List<Path> renamed = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.sorted().toList()) {
        String name = path.getFileName().toString();
        if (CheckpointFolders.isNamed(name) && CheckpointFolders.step(path) > step) {
          Path aside = path.resolveSibling(name + SET_ASIDE);
          DurableFiles.delete(aside);
          renamed.add(Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE));
        }
      }
      DurableFiles.syncFolder(folder);
    } catch (IOException e) {
      throw DurableFiles.unwritable("checkpoints " + folder, e, "They are complete still.");
    }
    return renamed;
  }
}
