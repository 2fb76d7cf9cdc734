package dev.ebt.store;

import dev.ebt.error.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint to whose weights the low-rank adapters of a run are added. It is looked for at the
 * same place relative to the run, so that both can be moved together, and then at its absolute
 * path.
 *
 * @param absolute its folder when the training began
 * @param relative this folder relative to that of the run, with {@code /} between names; null if
 *     there is no such path, or the checkpoint is of an older version
 * @param weights the identity of its weights
 */
public record AdapterBase(String absolute, @Nullable String relative, String weights) {
  /** The name of the base among the parts of a checkpoint. */
  public static final String PART = "base";

  /** The name of the base among the parts of a checkpoint, with its relative path. */
  static final String RELATIVE_PART = "base.relative";

  /** The folder of a run for the copy of its base. */
  private static final String COPY = "base";

  /** Returns the base of a run. */
  public static AdapterBase of(StoredCheckpoint base, Path run) {
    Path folder = base.folder().toAbsolutePath().normalize();
    Path from = run.toAbsolutePath().normalize();
    String relative =
        from.getRoot() != null && from.getRoot().equals(folder.getRoot())
            ? from.relativize(folder).toString().replace(File.separatorChar, '/')
            : null;
    return new AdapterBase(folder.toString(), relative, base.weightsId(Weights.USUAL));
  }

  /**
   * Copies a base into a run, which then needs no other folder.
   *
   * @throws UserException if it cannot be written
   */
  public static AdapterBase copied(StoredCheckpoint base, Path run) {
    Path copy = run.resolve(COPY);
    try {
      Files.createDirectories(copy);
      for (String file :
          Stream.concat(
                  base.progress().files().keySet().stream(), Stream.of(StoredCheckpoint.PROGRESS))
              .toList()) {
        Path original = base.folder().resolve(file);
        DurableFiles.write(copy.resolve(file), out -> Files.copy(original, out));
      }
      DurableFiles.syncFolder(run);
    } catch (IOException e) {
      throw DurableFiles.unwritable(
          copy.toString(), e, base.folder() + ", of which it is a copy, is untouched.");
    }
    return of(StoredCheckpoint.read(copy), run);
  }

  /** Returns the base of a checkpoint; empty if it has all weights itself. */
  public static Optional<AdapterBase> in(CheckpointMetadata progress) {
    CheckpointMetadata.Part base = progress.parts().get(PART);
    CheckpointMetadata.Part relative = progress.parts().get(RELATIVE_PART);
    return base == null
        ? Optional.empty()
        : Optional.of(
            new AdapterBase(
                base.name(), relative == null ? null : relative.name(), base.fingerprint()));
  }

  /** Returns the parts of a checkpoint that name the base. */
  public Map<String, CheckpointMetadata.Part> parts() {
    Map<String, CheckpointMetadata.Part> parts = new LinkedHashMap<>();
    parts.put(PART, new CheckpointMetadata.Part(absolute, weights));
    if (relative != null) {
      parts.put(RELATIVE_PART, new CheckpointMetadata.Part(relative, weights));
    }
    return parts;
  }

  /**
   * Reads the base.
   *
   * @param checkpoint the folder of a checkpoint with adapters, {@code checkpoints/NAME} in its run
   * @throws UserException if the base is gone, damaged, or has other weights now
   */
  public StoredCheckpoint read(Path checkpoint) {
    Path changed = null;
    UserException damaged = null;
    for (Path folder : places(checkpoint)) {
      if (Files.exists(folder.resolve(StoredCheckpoint.PROGRESS))) {
        try {
          StoredCheckpoint base = StoredCheckpoint.read(folder);
          if (base.weightsId(Weights.USUAL).equals(weights)) {
            return base.with(Weights.USUAL);
          }
          changed = folder;
        } catch (UserException e) {
          damaged = damaged == null ? e : damaged; // The other place may have an intact one.
        }
      }
    }
    String adapted = checkpoint + " has low-rank adapters of ";
    if (damaged != null) {
      throw new MissingBaseException(
          adapted + "a base that cannot be read: " + damaged.getMessage(), damaged);
    }
    throw new MissingBaseException(
        adapted
            + (changed == null ? absolute : changed)
            + (changed == null
                ? ", which is gone; put it back there. An exported model (ebt export) needs no"
                    + " other folder"
                : ", which has other weights now; put back those that the training began with"));
  }

  private List<Path> places(Path checkpoint) {
    Path run = checkpoint.toAbsolutePath().normalize().resolve("../..").normalize();
    return Stream.concat(
            Stream.ofNullable(relative).map(path -> run.resolve(path).normalize()),
            Stream.of(Path.of(absolute)))
        .distinct()
        .toList();
  }
}
