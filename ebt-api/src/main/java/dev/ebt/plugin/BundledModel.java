package dev.ebt.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trained model in a plugin's jar, which commands open by its name in place of a run: an exported
 * model as {@code ebt export} writes it, with its scores, as resources.
 *
 * @param name lower-case letters, digits and single dashes
 * @param summary what it does, in a line
 * @param owner a class of the plugin, beside whose package the resources are
 * @param folder the folder of the resources, relative to that package
 * @param parts the names of the files in {@code parts/}, to which the configuration refers
 * @param standard whether commands open it where no run is named
 */
public record BundledModel(
    String name,
    String summary,
    Class<?> owner,
    String folder,
    List<String> parts,
    boolean standard) {
  private static final List<String> FILES =
      List.of("config.yaml", "model.safetensors", "progress.json");

  private static final String SCORES = "scores.json";

  /** Copies the list. */
  public BundledModel {
    parts = List.copyOf(parts);
  }

  /** Returns a model in {@code models/NAME/}, whose configuration refers to no files. */
  public static BundledModel of(String name, String summary, Class<?> owner) {
    return new BundledModel(name, summary, owner, "models/" + name, List.of(), false);
  }

  /** Returns this model as the one that commands open where no run is named. */
  public BundledModel asStandard() {
    return new BundledModel(name, summary, owner, folder, parts, true);
  }

  /** Returns this model with files in {@code parts/}, to which its configuration refers. */
  public BundledModel withParts(String... files) {
    return new BundledModel(name, summary, owner, folder, List.of(files), standard);
  }

  /**
   * Returns the scores of the model, from {@code scores.json}: what {@code ebt eval --json}
   * printed, with the number of its {@code rows}.
   */
  public BundledScores scores() {
    try (InputStream resource = open(SCORES)) {
      return BundledScores.read(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("the scores of " + this + " cannot be read", e);
    }
  }

  /** Returns the names of the files of the model, without its scores. */
  public List<String> files() {
    return Stream.concat(FILES.stream(), parts.stream().map(part -> "parts/" + part)).toList();
  }

  /**
   * Opens one of the files.
   *
   * @throws IllegalStateException if the plugin's jar does not have it
   */
  public InputStream open(String file) {
    String path = folder + "/" + file;
    InputStream resource = owner.getResourceAsStream(path);
    if (resource == null) {
      throw new IllegalStateException("no " + path + " beside " + owner.getName());
    }
    return resource;
  }

  /**
   * Writes the files into a folder.
   *
   * @param target an empty folder
   */
  public void copyTo(Path target) throws IOException {
    for (String file : files()) {
      Path copy = target.resolve(file);
      Files.createDirectories(copy.getParent());
      try (InputStream resource = open(file)) {
        Files.copy(resource, copy);
      }
    }
  }

  @Override
  public String toString() {
    return "bundled model '" + name + "'";
  }
}
