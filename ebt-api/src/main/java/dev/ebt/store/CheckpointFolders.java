package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of the checkpoints of a run: their names, completeness, steps and losses. */
final class CheckpointFolders {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolders.class);

  /** Names of checkpoints; one with a tilde is being replaced and is complete too. */
  private static final Pattern NAME = Pattern.compile("step-([0-9]{8,18})(~?)");

  private CheckpointFolders() {}

  /** Returns whether a file has the name of a checkpoint. */
  static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns the complete checkpoints of a folder, oldest first; warns of incomplete ones. */
  static List<Path> complete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Map<Long, Path> byStep = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (name.matches() && isComplete(path)) {
          // In this order a name with a tilde comes first and is overridden by its replacement.
          byStep.put(Long.parseLong(name.group(1)), path);
        }
      }
    } catch (IOException e) {
      throw DurableFiles.unreadable(folder, e);
    }
    return new ArrayList<>(byStep.values());
  }

  private static boolean isComplete(Path path) {
    Set<String> needed =
        new LinkedHashSet<>(List.of(StoredCheckpoint.PROGRESS, StoredCheckpoint.MODEL));
    if (Files.isRegularFile(path.resolve(StoredCheckpoint.PROGRESS))) {
      try {
        needed.addAll(progress(path).files().keySet());
      } catch (UserException e) {
        LOG.debug("checkpoint {} is damaged; reading it will report the reason", path, e);
      }
    }
    needed.removeIf(file -> Files.isRegularFile(path.resolve(file)));
    if (!needed.isEmpty()) {
      LOG.warn("checkpoint {} is not complete and not used: it has no {}", path, needed);
    }
    return needed.isEmpty();
  }

  /** Returns the checkpoint with the lowest validation loss. */
  static Optional<Path> best(List<Path> all) {
    Map<Path, Double> losses = new LinkedHashMap<>();
    for (Path path : all) {
      try {
        Double loss = progress(path).validationLoss();
        if (loss != null) {
          losses.put(path, loss);
        }
      } catch (UserException e) {
        LOG.warn("{}", e.getMessage()); // Not worth stopping a training run that saves others.
      }
    }
    return losses.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** Reads the progress of a checkpoint and checks that its step is that of the folder's name. */
  static CheckpointMetadata progress(Path path) {
    CheckpointMetadata progress = CheckpointMetadataFile.read(path);
    if (progress.step() != step(path)) {
      throw new UserException(
          path.resolve(StoredCheckpoint.PROGRESS)
              + " is of another checkpoint or damaged: its step is "
              + progress.step()
              + ", that of its folder "
              + step(path)
              + ". Use another checkpoint or a copy of this one");
    }
    return progress;
  }

  /** Returns the step in a folder's name. */
  static long step(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(path.toString());
    }
    return Long.parseLong(name.group(1));
  }
}
