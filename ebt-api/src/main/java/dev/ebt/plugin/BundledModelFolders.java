package dev.ebt.plugin;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.store.CacheFolder;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.RunDirectory;
import dev.ebt.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of bundled models. A model is unpacked once into the user's {@link CacheFolder}; where
 * that cannot be written or read, into a folder that is deleted when the program ends.
 */
public final class BundledModelFolders {
  private static final Logger LOG = LoggerFactory.getLogger(BundledModelFolders.class);
  private static final int SHORT = 12;

  private static final BundledModelFolders OF_USER =
      new BundledModelFolders(CacheFolder.ofUser().map(cache -> cache.resolve("models")));

  /** The files and folders that were said to be no runs, each once. */
  private static final Set<Path> PASSED_OVER = ConcurrentHashMap.newKeySet();

  private final Optional<Path> cache;
  private @Nullable Path temporary;

  /**
   * Creates folders.
   *
   * @param cache the folder of those that other programs find again, if there is any
   */
  BundledModelFolders(Optional<Path> cache) {
    this.cache = cache;
  }

  /**
   * Returns the folder of a run or, if there is no run at this path and a bundled model has this
   * name, of that model; if there is something else at this path, a warning is logged. Any other
   * path is returned as it is.
   *
   * @throws UserException if the model cannot be unpacked, or if there is nothing at this path and
   *     it is nearly its name
   */
  public static Path folder(Catalog catalog, Path run) {
    if (!mayBeName(run)) {
      return run;
    }
    String name = run.toString();
    if (catalog.bundledModels().contains(name)) {
      if (Files.exists(run) && PASSED_OVER.add(run.toAbsolutePath())) {
        LOG.warn(
            "./{} is no run, as it has no {}; the bundled model '{}' is used",
            name,
            RunDirectory.CONFIGURATION,
            name);
      }
      return folder(catalog.bundledModel(name));
    }
    if (Files.exists(run)) {
      return run;
    }
    UnknownName.nearest(name, catalog.bundledModels())
        .ifPresent(
            near -> {
              throw new UserException(
                  name + ": no such run; did you mean the bundled model '" + near + "'?");
            });
    return run;
  }

  /**
   * Returns whether a path can be the name of a bundled model: it is a single name, and no run or
   * exported model is there. A folder of other files does not hide a model.
   */
  public static boolean mayBeName(Path run) {
    return !run.isAbsolute()
        && run.getNameCount() == 1
        && !Files.exists(run.resolve(RunDirectory.CONFIGURATION));
  }

  /**
   * Returns a folder with the files of a model.
   *
   * @throws UserException if they cannot be written
   */
  public static Path folder(BundledModel model) {
    return OF_USER.unpacked(model);
  }

  /** Returns the name of the bundled model that a folder was unpacked from; empty for others. */
  public static Optional<String> nameOf(Path folder) {
    return OF_USER.name(folder);
  }

  /** Returns a run as its user knows it: the name of a bundled model, or the path. */
  public static String given(Path run) {
    return nameOf(run).orElseGet(run::toString);
  }

  /**
   * Checks that a checkpoint can be one of a run, where that is a bundled model.
   *
   * @throws UserException if it is another one than the latest
   */
  public static void checkCheckpoint(Path run, String checkpoint) {
    if (!checkpoint.equals("latest") && !checkpoint.equals("latest-good")) {
      nameOf(run)
          .ifPresent(
              name -> {
                throw new UserException(
                    "bundled model '"
                        + name
                        + "' has no checkpoint '"
                        + checkpoint
                        + "'; it has just one");
              });
    }
  }

  synchronized Optional<String> name(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    return Stream.concat(cache.stream(), Optional.ofNullable(temporary).stream())
        .map(root -> root.toAbsolutePath().normalize())
        .filter(path::startsWith)
        .filter(root -> path.getNameCount() == root.getNameCount() + 2)
        .findFirst()
        .map(root -> path.getFileName().toString());
  }

  synchronized Path unpacked(BundledModel model) {
    try {
      String digest = digest(model);
      if (cache.isPresent()) {
        try {
          return unpacked(model, cache.get().resolve(digest));
        } catch (IOException e) {
          LOG.debug("{} cannot be used: {}", cache.get(), e.toString());
        }
      }
      return unpacked(model, temporary().resolve(digest));
    } catch (IOException e) {
      throw new UserException(
          model + " cannot be unpacked into a temporary folder: " + ReasonText.of(e), e);
    }
  }

  private Path temporary() throws IOException {
    Path folder = temporary;
    if (folder == null) {
      folder = Files.createTempDirectory("ebt-models");
      temporary = folder;
      Runtime.getRuntime().addShutdownHook(new Thread(this::deleteTemporary));
    }
    return folder;
  }

  synchronized void deleteTemporary() {
    if (temporary != null) {
      try {
        DurableFiles.delete(temporary);
      } catch (IOException e) {
        LOG.debug("{} cannot be deleted: {}", temporary, e.toString());
      }
    }
  }

  private static Path unpacked(BundledModel model, Path parent) throws IOException {
    Path folder = parent.resolve(model.name());
    if (!Files.exists(folder)) {
      Files.createDirectories(parent);
      unpack(model, folder);
    } else if (!isWhole(model, folder)) {
      replace(model, folder);
      LOG.warn("{} was damaged and is unpacked again: {}", model, folder);
    }
    return folder;
  }

  /**
   * Returns whether a folder has all files as they are in the plugin's jar. They may be damaged, or
   * unreadable because another user has unpacked them.
   */
  private static boolean isWhole(BundledModel model, Path folder) throws IOException {
    for (String file : model.files()) {
      Path copy = folder.resolve(file);
      if (!Files.isRegularFile(copy) || !Files.isReadable(copy)) {
        return false;
      }
      try (InputStream resource = model.open(file)) {
        if (!Sha256.of(copy).equals(Sha256.of(resource.readAllBytes()))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Unpacks beside the target first, so that it is there whole or not at all. */
  private static void unpack(BundledModel model, Path target) throws IOException {
    Path part = beside(target);
    try {
      Files.createDirectory(part);
      model.copyTo(part);
      Files.move(part, target);
    } catch (IOException e) {
      if (!Files.exists(target) || !isWhole(model, target)) {
        throw e;
      }
      // Another process was faster.
    } finally {
      DurableFiles.delete(part);
    }
  }

  /** Unpacks in place of a damaged folder, which other programs see until it is moved away. */
  private static void replace(BundledModel model, Path damaged) throws IOException {
    Path aside = beside(damaged);
    try {
      Files.move(damaged, aside);
      unpack(model, damaged);
    } finally {
      DurableFiles.delete(aside);
    }
  }

  /**
   * Returns a free path beside a folder. It is no temporary directory of Java, which none but its
   * owner may read: users may share a cache.
   */
  private static Path beside(Path folder) {
    return folder.resolveSibling(".tmp-" + UUID.randomUUID());
  }

  /** Returns a digest by which other files of a model of the same name have another folder. */
  private static String digest(BundledModel model) throws IOException {
    StringBuilder digests = new StringBuilder();
    for (String file : model.files()) {
      try (InputStream resource = model.open(file)) {
        digests.append(Sha256.of(resource.readAllBytes()));
      }
    }
    return Sha256.of(digests.toString()).substring(0, SHORT);
  }
}
