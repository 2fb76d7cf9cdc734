package dev.ebt.vision.pairs;

import static java.util.stream.Collectors.toMap;

import dev.ebt.error.ReasonText;
import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.store.Safetensors;
import dev.ebt.tensor.Array;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of pairs, in files {@code pairs-00000.safetensors} and so on of {@value #ROWS} pairs,
 * the last one of fewer. A file is complete or not there, so that drawing can be interrupted at any
 * time.
 *
 * <p>Each file has the tensors {@code noise} and {@code image}, [rows, channels, size, size], the
 * features of the context by their names, and {@code inverted} [rows], which is 1 where the image
 * is a real one and the noise was computed from it. Its metadata says how the pairs were drawn.
 */
public final class PairFolder {
  /** The number of pairs of a file. */
  public static final int ROWS = 128;

  /** The tensor of the initial candidates. */
  public static final String NOISE = "noise";

  /** The tensor of the images that belong to them. */
  public static final String IMAGE = "image";

  /** The tensor that tells real images, whose noise was computed. */
  public static final String INVERTED = "inverted";

  /** The metadata with the dataset of the run that the pairs are of, in JSON. */
  public static final String DATA = "data";

  private static final Pattern FILE = Pattern.compile("pairs-(\\d{5})\\.safetensors");

  private final Path folder;

  /** Creates access to a folder, which need not exist. */
  public PairFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the number of pairs of a file; 0 if it is missing.
   *
   * @param origin how pairs are drawn now
   * @throws UserException if the pairs of the file were drawn otherwise
   */
  public int stored(int file, Map<String, String> origin) {
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

  /**
   * Returns the number of all pairs of the folder.
   *
   * @throws UserException if pairs are missing between others
   */
  public int size() {
    return files().stream().mapToInt(PairFolder::rows).sum();
  }

  private static int rows(Path file) {
    return tensor(Safetensors.read(file).tensors(), IMAGE, file).shape().size(0);
  }

  /** Returns all files of pairs, in their order; refuses missing ones between them. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    while (Files.exists(file(files.size()))) {
      files.add(file(files.size()));
    }
    int most = files.size();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "pairs-*.safetensors")) {
      for (Path path : all) {
        Matcher number = FILE.matcher(path.getFileName().toString());
        most = number.matches() ? Math.max(most, Integer.parseInt(number.group(1)) + 1) : most;
      }
    } catch (NoSuchFileException e) {
      return files;
    } catch (IOException e) {
      throw new UserException("cannot read " + folder + ": " + ReasonText.of(e), e);
    }
    if (most > files.size()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is missing, but later files of pairs are there; draw it again: ./ebt think RUN"
                  + " --pairs %s --count %d, with the options of before",
              file(files.size()),
              folder,
              most * ROWS));
    }
    for (Path file : files.subList(0, Math.max(0, files.size() - 1))) {
      if (rows(file) != ROWS) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s has %d pairs, but later files of pairs are there; %d expected",
                file,
                rows(file),
                ROWS));
      }
    }
    return files;
  }

  /** Writes a file of pairs in place of what it had. */
  public void write(int file, Map<String, Array> pairs, Map<String, String> origin) {
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
   * @throws UserException if there are none, files differ in their tensors or origin, or pairs are
   *     missing between others
   */
  public Safetensors read() {
    List<Path> files = files();
    if (files.isEmpty()) {
      throw new UserException(
          folder + " has no pairs; ./ebt think RUN --pairs " + folder + " draws them");
    }
    Map<String, List<Array>> parts = new HashMap<>();
    Map<String, String> origin = Map.of();
    for (Path file : files) {
      Safetensors stored = Safetensors.read(file);
      if (parts.isEmpty()) {
        origin = stored.metadata();
        stored.tensors().keySet().forEach(name -> parts.put(name, new ArrayList<>()));
      } else if (!origin.equals(stored.metadata())) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s was drawn with other options or another model than %s; pairs of one model and"
                    + " the same options expected",
                file,
                files.get(0)));
      }
      for (Map.Entry<String, List<Array>> part : parts.entrySet()) {
        part.getValue().add(tensor(stored.tensors(), part.getKey(), file));
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
