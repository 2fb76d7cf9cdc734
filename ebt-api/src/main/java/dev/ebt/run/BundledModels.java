package dev.ebt.run;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UnknownName;
import dev.ebt.error.UserException;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Catalog;
import dev.ebt.store.CacheFolder;
import dev.ebt.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of bundled models. A model is unpacked once into the user's {@link CacheFolder}, or into
 * a folder for temporary files where that cannot be written.
 */
public final class BundledModels {
  private static final Logger LOG = LoggerFactory.getLogger(BundledModels.class);
  private static final int SHORT = 12;

  private BundledModels() {}

  /**
   * Returns the folder of a run or, if there is nothing at this path and a bundled model has this
   * name, of that model. Any other path is returned as it is.
   *
   * @throws UserException if the model cannot be unpacked, or if the path is nearly its name
   */
  public static Path folder(Catalog catalog, Path run) {
    if (!isName(run)) {
      return run;
    }
    String name = run.toString();
    if (catalog.bundledModels().contains(name)) {
      return folder(catalog.bundledModel(name));
    }
    UnknownName.nearest(name, catalog.bundledModels())
        .ifPresent(
            near -> {
              throw new UserException(
                  name + ": no such run; did you mean the bundled model '" + near + "'?");
            });
    return run;
  }

  private static boolean isName(Path run) {
    return !run.isAbsolute() && run.getNameCount() == 1 && Files.notExists(run);
  }

  /**
   * Returns a folder with the files of a model.
   *
   * @throws UserException if they cannot be written
   */
  public static Path folder(BundledModel model) {
    return folder(model, CacheFolder.ofUser());
  }

  static Path folder(BundledModel model, Optional<Path> cache) {
    try {
      if (cache.isPresent()) {
        try {
          return unpacked(model, cache.get().resolve("models").resolve(digest(model)));
        } catch (IOException e) {
          LOG.debug("{} cannot be used for models: {}", cache.get(), e.toString());
        }
      }
      return unpacked(model, Files.createTempDirectory("ebt-model"));
    } catch (IOException e) {
      throw new UserException(
          model + " cannot be unpacked into a temporary folder: " + ReasonText.of(e), e);
    }
  }

  private static Path unpacked(BundledModel model, Path parent) throws IOException {
    Path folder = parent.resolve(model.name());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(parent);
      unpack(model, folder);
    }
    return folder;
  }

  /** Unpacks beside the target first, so that it is there whole or not at all. */
  private static void unpack(BundledModel model, Path target) throws IOException {
    Path part = Files.createTempDirectory(target.getParent(), ".tmp-");
    model.copyTo(part);
    try {
      Files.move(part, target);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; the folder of this one is left to the cache.
    }
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
