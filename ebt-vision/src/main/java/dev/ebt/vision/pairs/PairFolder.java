package dev.ebt.vision.pairs;

import static java.util.stream.Collectors.toMap;

import dev.ebt.error.ReasonText;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * A folder of pairs, in files {@code pairs-00000.safetensors} and so on of {@value #ROWS} pairs,
 * the last one of fewer. A file is complete or not there, so that drawing can be interrupted at any
 * time.
 *
 * <p>Each file has the tensors {@code noise} and {@code image}, [rows, channels, size, size], the
 * features of the context by their names, and {@code inverted} [rows], which is 1 where the image
 * is a real one and the noise was computed from it. Its metadata says how the pairs were drawn.
 */
final class PairFolder {
  /** The number of pairs of a file. */
  static final int ROWS = 128;

  static final String NOISE = "noise";
  static final String IMAGE = "image";
  static final String INVERTED = "inverted";

  /** The metadata with the dataset of the run that the pairs are of, in JSON. */
  static final String DATA = "data";

  private final Path folder;

  /** Creates access to a folder, which need not exist. */
  PairFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the number of pairs of a file; 0 if it is missing.
   *
   * @param origin how pairs are drawn now
   * @throws UserException if the pairs of the file were drawn in another way
   */
  int stored(int file, Map<String, String> origin) {
    Path path = file(file);
    if (!Files.exists(path)) {
      return 0;
    }
    Safetensors stored = Safetensors.read(path);
    for (String key : new TreeSet<>(origin.keySet())) {
      String before = stored.metadata().getOrDefault(key, "missing");
      if (!before.equals(origin.get(key))) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s has pairs that were drawn otherwise: %s was %s, now %s; use another folder, or"
                    + " the options of before",
                folder,
                key,
                before,
                origin.get(key)));
      }
    }
    return tensor(stored.tensors(), IMAGE, path).shape().size(0);
  }

  /** Writes a file of pairs in place of what it had. */
  void write(int file, Map<String, Array> pairs, Map<String, String> origin) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException("cannot create " + folder + ": " + ReasonText.of(e), e);
    }
    new Safetensors(pairs, origin).write(file(file));
  }

  /**
   * Reads all pairs.
   *
   * @throws UserException if there are none, or files differ in their tensors or origin
   */
  Safetensors read() {
    if (!Files.exists(file(0))) {
      throw new UserException(
          folder + " has no pairs; ./ebt think RUN --pairs " + folder + " draws them");
    }
    Map<String, List<Array>> parts = new HashMap<>();
    Map<String, String> origin = Map.of();
    for (int i = 0; Files.exists(file(i)); i++) {
      Safetensors stored = Safetensors.read(file(i));
      if (i == 0) {
        origin = stored.metadata();
        stored.tensors().keySet().forEach(name -> parts.put(name, new ArrayList<>()));
      } else if (!origin.equals(stored.metadata())) {
        throw new UserException(
            file(i) + " was drawn in another way than " + file(0) + "; pairs of one way expected");
      }
      for (Map.Entry<String, List<Array>> part : parts.entrySet()) {
        part.getValue().add(tensor(stored.tensors(), part.getKey(), file(i)));
      }
    }
    Map<String, Array> all =
        parts.entrySet().stream().collect(toMap(Map.Entry::getKey, e -> joined(e.getValue())));
    tensor(all, NOISE, file(0));
    tensor(all, IMAGE, file(0));
    tensor(all, INVERTED, file(0));
    return new Safetensors(all, origin);
  }

  /** Returns the concatenation, in a balanced order, which copies each value a few times only. */
  private static Array joined(List<Array> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    return joined(parts.subList(0, half)).concat(joined(parts.subList(half, parts.size())));
  }

  private static Array tensor(Map<String, Array> tensors, String name, Path file) {
    if (!tensors.containsKey(name)) {
      throw new UserException(file + " has no tensor '" + name + "'; a file of pairs expected");
    }
    return Required.of(tensors, name);
  }

  private Path file(int number) {
    return folder.resolve(String.format(Locale.ROOT, "pairs-%05d.safetensors", number));
  }
}
