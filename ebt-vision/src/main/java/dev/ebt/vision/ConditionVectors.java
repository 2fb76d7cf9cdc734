package dev.ebt.vision;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Required;
import dev.ebt.error.UserException;
import dev.ebt.store.Safetensors;
import dev.ebt.store.Sha256;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.Image;
import dev.ebt.vision.image.ImageFormats;
import dev.ebt.vision.image.LoadedImages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Condition vectors made by an external frozen encoder, for instance of texts or attributes. They
 * are the tensors of a {@code .safetensors} file. The vectors of a folder's images have the names
 * of their files: the path within the folder, with slashes, {@code dogs/1.png}.
 *
 * @param file the file, with the setting or option that named it, for messages
 * @param all finite vectors, [D] each, by name in the order of the file
 */
public record ConditionVectors(String file, Map<String, Array> all) {
  private static final int NAMED = 3;

  /** Copies the map and keeps its order. */
  public ConditionVectors {
    all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
  }

  /**
   * Reads a file.
   *
   * @param asker the setting or option that names the file
   * @param length the length of every vector, D
   * @throws UserException if the file cannot be read or has no tensors, or a tensor is not a vector
   *     of this length with finite values
   */
  public static ConditionVectors read(String asker, Path path, int length) {
    Map<String, Array> tensors;
    try {
      tensors = Safetensors.read(path).tensors();
    } catch (UserException e) {
      throw new UserException(asker + ": " + e.getMessage(), e);
    }
    String file = asker + ": " + path;
    if (tensors.isEmpty()) {
      throw new UserException(file + " has no tensors; one per image expected");
    }
    Map<String, Array> vectors = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> vectors.put(name, vector(file, name, tensor, length)));
    return new ConditionVectors(file, vectors);
  }

  private static Array vector(String file, String name, Array tensor, int length) {
    if (!tensor.shape().equals(Shape.of(length))) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: tensor '%s' has shape %s; %s expected, as modality.conditionDimension is %d",
              file,
              name,
              tensor.shape(),
              Shape.of(length),
              length));
    }
    float[] values = tensor.floats();
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s: tensor '%s' has %s at %d; finite numbers expected",
                file,
                name,
                values[i],
                i));
      }
    }
    return Array.of(tensor.shape(), values);
  }

  /**
   * Returns the images with their vectors.
   *
   * @param folder the folder that they were read from, for a message
   * @throws UserException if the images have no names, or some of them have no vector
   */
  LoadedImages with(LoadedImages images, String folder) {
    List<Image> named =
        Stream.concat(images.images().stream(), images.setApart().stream()).toList();
    if (named.stream().anyMatch(p -> p.name().isEmpty())) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has vectors by the names of images, but those of %s share files; a"
                  + " folder of %s expected",
              file,
              folder,
              ImageFormats.NAMES));
    }
    List<String> missing =
        named.stream().map(Image::name).filter(name -> !all.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has no vector for %,d of the %,d images of %s: %s; it has %s. Add one"
                  + " tensor per image, named by its path in the folder",
              file,
              missing.size(),
              named.size(),
              folder,
              some(missing),
              some(all.keySet())));
    }
    return new LoadedImages(
        withVectors(images.images()),
        withVectors(images.setApart()),
        images.classes(),
        images.skipped(),
        images.remarks());
  }

  private List<Image> withVectors(List<Image> images) {
    return images.stream().map(image -> image.with(Required.of(all, image.name()))).toList();
  }

  private static String some(Collection<String> names) {
    String first = names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(joining(", "));
    return names.size() > NAMED ? first + ", …" : first;
  }

  /** Returns hashes of the vectors of images, in their order, for a fingerprint. */
  static String content(List<Image> images) {
    return images.stream().map(ConditionVectors::hash).collect(joining(" "));
  }

  private static String hash(Image image) {
    Array vector = image.vector();
    if (vector == null) {
      return "none";
    }
    ByteBuffer bytes = ByteBuffer.allocate(vector.shape().elements() * Float.BYTES);
    bytes.asFloatBuffer().put(vector.floats());
    return Sha256.of(bytes.array());
  }
}
