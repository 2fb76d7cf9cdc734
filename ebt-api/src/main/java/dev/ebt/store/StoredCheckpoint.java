package dev.ebt.store;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A checkpoint on disk: a folder of {@code progress.json}, the model, and the optimizer's state and
 * replay buffers, if any.
 *
 * @param folder its path
 * @param progress from {@code progress.json}
 * @param parameters from {@code model.safetensors}, by their published names; those of the base and
 *     of low-rank adapters, too
 * @param optimizer the optimizer's state, from {@code optimizer.safetensors}
 */
public record StoredCheckpoint(
    Path folder,
    CheckpointMetadata progress,
    Map<String, Array> parameters,
    Map<String, Array> optimizer) {
  static final String MODEL = "model.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";
  static final String MEMORY = "memory.safetensors";

  /** The beginning of the names of moving averages among the optimizer's state. */
  private static final String AVERAGE = "average.";

  static final String PROGRESS = CheckpointMetadataFile.NAME;

  /** All files that a checkpoint can have besides {@code progress.json}. */
  static final List<String> FILES = List.of(MODEL, OPTIMIZER, MEMORY);

  private static final Map<String, String> FORMAT = Map.of("format", "ebt");

  /** The maximum number of mismatches listed in a message. */
  private static final int LISTED = 5;

  /**
   * Reads a checkpoint. One without an optimizer file, as published with a model, has an empty
   * optimizer. The parameters of one with low-rank adapters are whole: see {@link AdaptedWeights}.
   *
   * @throws UserException naming the file, if one is missing, damaged, or of another version
   */
  public static StoredCheckpoint read(Path folder) {
    CheckpointMetadata progress = CheckpointMetadataFile.read(folder);
    checkListed(folder, progress);
    for (Map.Entry<String, String> file : progress.files().entrySet()) {
      checkHash(folder.resolve(file.getKey()), file.getValue());
    }
    Map<String, Array> parameters = Safetensors.read(folder.resolve(MODEL)).tensors();
    Path file = folder.resolve(OPTIMIZER);
    Map<String, Array> optimizer = Files.exists(file) ? Safetensors.read(file).tensors() : Map.of();
    return new StoredCheckpoint(
        folder, progress, AdaptedWeights.whole(folder, progress, parameters, optimizer), optimizer);
  }

  /**
   * Reads a checkpoint of a run, or an exported model, which has just one.
   *
   * @param checkpoint {@code latest}, {@code latest-good}, {@code best} or a step
   * @throws UserException if there is none, or it is damaged
   */
  public static StoredCheckpoint of(Path run, String checkpoint) {
    if (!Files.exists(run.resolve(PROGRESS))) {
      return RunDirectory.read(run).checkpoints().named(checkpoint);
    }
    if (!checkpoint.equals("latest")) {
      throw new UserException(
          run
              + " is an exported model and has no checkpoint '"
              + checkpoint
              + "'; it has just one");
    }
    return read(run);
  }

  /** Returns whether there is a moving average of the parameters. */
  public boolean hasAverage() {
    return optimizer.keySet().stream().anyMatch(name -> name.startsWith(AVERAGE));
  }

  /** Returns which weights are chosen here: the moving average, or the last ones. */
  public Weights chosen(Weights weights) {
    return weights == Weights.LAST || !hasAverage() ? Weights.LAST : Weights.EMA;
  }

  /**
   * Returns which weights are chosen, and the hash of the file that has them, such as {@code "ema
   * 5f0c…"}: different for different weights.
   */
  public String weightsId(Weights weights) {
    Weights chosen = chosen(weights);
    boolean adapted = AdapterBase.in(progress).isPresent();
    String file = chosen == Weights.EMA || adapted ? OPTIMIZER : MODEL;
    return chosen.name().toLowerCase(Locale.ROOT) + " " + Required.of(progress.files(), file);
  }

  /**
   * Returns this checkpoint with the chosen weights as its parameters. Parameters that are not
   * trained have no average and stay.
   *
   * @throws UserException if it has no moving average, and that is chosen
   */
  public StoredCheckpoint with(Weights weights) {
    if (weights == Weights.EMA && !hasAverage()) {
      throw new UserException(
          "--weights is ema, but "
              + folder
              + " has no moving average of its weights: training.emaDecay was not set in training,"
              + " or it is an exported model, which has one set of weights; leave --weights out");
    }
    if (chosen(weights) == Weights.LAST) {
      return this;
    }
    Map<String, Array> averaged = new LinkedHashMap<>(parameters);
    averaged.replaceAll((name, last) -> optimizer.getOrDefault(AVERAGE + name, last));
    return new StoredCheckpoint(folder, progress, averaged, optimizer);
  }

  /** Checks that every known file present has a hash. */
  private static void checkListed(Path folder, CheckpointMetadata progress) {
    for (String file : FILES) {
      if (Files.exists(folder.resolve(file)) && !progress.files().containsKey(file)) {
        throw new UserException(
            folder.resolve(file)
                + " has no hash in "
                + PROGRESS
                + ", so it does not belong to this checkpoint. Use another checkpoint or a"
                + " copy of this one");
      }
    }
  }

  private static void checkHash(Path file, String expected) {
    try {
      if (!Files.exists(file)) {
        throw new UserException(
            file.getParent() + " is not a complete checkpoint: it has no " + file.getFileName());
      }
      if (!Files.isRegularFile(file)) {
        throw new UserException(file + " is not a regular file");
      }
      String found = Sha256.of(file);
      if (!found.equals(expected)) {
        throw new UserException(
            file
                + " is damaged: its hash is "
                + found.substring(0, 12)
                + "…; "
                + PROGRESS
                + " says "
                + expected.substring(0, Math.min(12, expected.length()))
                + "…. Use another checkpoint or a copy of this one");
      }
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }

  /** Returns the path of the parameter file. */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /**
   * Returns the replay buffers of regularizers, from {@code memory.safetensors}. Each array is read
   * on request, since all of them may be larger than memory. Empty if there are none.
   */
  public Map<String, Supplier<Array>> memory() {
    Path file = folder.resolve(MEMORY);
    return Files.exists(file) ? Safetensors.open(file) : Map.of();
  }

  /** Writes all files into an existing folder. */
  static void write(
      Path folder,
      CheckpointMetadata progress,
      Map<String, Array> parameters,
      Map<String, Array> optimizer,
      Map<String, Supplier<Array>> memory)
      throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(MODEL, write(folder.resolve(MODEL), parameters));
    if (!optimizer.isEmpty()) {
      hashes.put(OPTIMIZER, write(folder.resolve(OPTIMIZER), optimizer));
    }
    if (!memory.isEmpty()) {
      hashes.put(MEMORY, Safetensors.write(folder.resolve(MEMORY), memory, FORMAT));
    }
    CheckpointMetadataFile.write(folder, progress.withFiles(hashes));
  }

  private static String write(Path file, Map<String, Array> tensors) {
    return new Safetensors(tensors, FORMAT).write(file);
  }

  /**
   * Exports the parameters, without the optimizer's state and the replay buffers.
   *
   * @param target an existing folder
   * @param half whether real numbers are stored as 16-bit ones
   */
  public void export(Path target, boolean half) {
    Path file = target.resolve(MODEL);
    Safetensors model = new Safetensors(parameters, FORMAT);
    try {
      String hash = half ? model.writeHalf(file) : model.write(file);
      CheckpointMetadataFile.write(target, progress.ofModelAlone().withFiles(Map.of(MODEL, hash)));
    } catch (IOException e) {
      throw DurableFiles.unwritable("model " + target, e, folder + " is untouched.");
    }
  }

  /**
   * Returns the parameters if they match those of a model.
   *
   * @throws UserException naming each that is missing, surplus, or of another shape
   */
  public Map<String, Array> parametersFor(Map<String, Shape> expected) {
    return matching(model(), parameters, expected);
  }

  /**
   * Returns the named parameters.
   *
   * @throws UserException naming each that is missing or of another shape
   */
  public Map<String, Array> parametersNamed(Map<String, Shape> expected) {
    Map<String, Array> named =
        new TreeMap<>(WrapperPrefixes.removed(parameters, expected.keySet()));
    named.keySet().retainAll(expected.keySet());
    return matching(model(), named, expected);
  }

  /** Returns the optimizer's state if it matches the expected shapes. */
  public Map<String, Array> optimizerFor(Map<String, Shape> expected) {
    return matching(folder.resolve(OPTIMIZER), optimizer, expected);
  }

  /**
   * Returns the tensors of a file if they match the expected shapes. Names may have the prefixes of
   * PyTorch's wrappers.
   *
   * @throws UserException naming each that is missing, surplus, or of another shape
   */
  public static Map<String, Array> matching(
      Path file, Map<String, Array> tensors, Map<String, Shape> expected) {
    Map<String, Array> found = WrapperPrefixes.removed(tensors, expected.keySet());
    List<String> wrong = new ArrayList<>();
    new TreeMap<>(expected)
        .forEach(
            (name, shape) -> {
              Array array = found.get(name);
              if (array == null) {
                wrong.add("tensor '" + name + "' is missing; shape " + shape + " expected");
              } else if (!array.shape().equals(shape)) {
                wrong.add(
                    "tensor '"
                        + name
                        + "' has shape "
                        + array.shape()
                        + "; "
                        + shape
                        + " expected");
              }
            });
    new TreeMap<>(found)
        .keySet()
        .forEach(
            name -> {
              if (!expected.containsKey(name)) {
                wrong.add("tensor '" + name + "' found, which this configuration has no use for");
              }
            });
    if (!wrong.isEmpty()) {
      String more = wrong.size() > LISTED ? "\n  and " + (wrong.size() - LISTED) + " more" : "";
      List<String> listed = wrong.subList(0, Math.min(LISTED, wrong.size()));
      throw new UserException(
          file
              + " does not fit the configured model:"
              + (wrong.size() == 1
                  ? " " + listed.get(0)
                  : "\n  " + String.join("\n  ", listed) + more));
    }
    return found;
  }
}
