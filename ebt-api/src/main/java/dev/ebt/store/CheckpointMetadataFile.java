package dev.ebt.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ebt.config.Binding;
import dev.ebt.config.Document;
import dev.ebt.config.Problems;
import dev.ebt.config.RecordReader;
import dev.ebt.error.Excerpt;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code progress.json} of a checkpoint. It holds the hashes of all other files of the
 * checkpoint and also a hash of its own content.
 */
final class CheckpointMetadataFile {
  static final String NAME = "progress.json";

  private static final String HASH = "hash";
  private static final String HEXADECIMAL = "[0-9a-f]{64}";

  /** The maximum length of a file name quoted in messages; longer ones are shortened. */
  private static final int LONGEST = 60;

  private CheckpointMetadataFile() {}

  /** Writes the file into a folder. */
  static void write(Path folder, CheckpointMetadata progress) throws IOException {
    ObjectNode tree = Binding.tree(progress);
    String hash = hash(json(tree.put(HASH, "")).getBytes(StandardCharsets.UTF_8), "");
    DurableFiles.write(folder.resolve(NAME), json(tree.put(HASH, hash)));
  }

  private static String json(ObjectNode tree) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the hash of a file's content without the hash itself and white space, which version
   * control and editors change without a change of meaning.
   */
  private static String hash(byte[] content, String stated) {
    // Decode one character per byte, so that nothing is lost where the file is not UTF-8.
    String dense = new String(content, StandardCharsets.ISO_8859_1).replaceAll("[ \t\r\n]+", "");
    String field = "\"" + HASH + "\":\"";
    int at = dense.lastIndexOf(field + stated + "\"");
    if (at < 0) {
      return "";
    }
    int from = at + field.length();
    String others = dense.substring(0, from) + dense.substring(from + stated.length());
    return Sha256.of(others.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads the file of a folder.
   *
   * @throws UserException if it is missing, damaged, of another version, or lists files that no
   *     checkpoint has
   */
  static CheckpointMetadata read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      throw new UserException(folder + " is not a complete checkpoint: it has no " + NAME);
    }
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + " is not a regular file");
    }
    Problems problems = new Problems();
    Document document = Document.read(file, problems);
    ObjectNode root = document.root().deepCopy();
    int format = root.path("format").asInt(0);
    if (format < CheckpointMetadata.OLDEST || format > CheckpointMetadata.FORMAT) {
      throw new UserException(
          file
              + ": format is "
              + format
              + "; this version of ebt reads "
              + CheckpointMetadata.OLDEST
              + " to "
              + CheckpointMetadata.FORMAT
              + (format > CheckpointMetadata.FORMAT ? ": use the newer ebt that wrote it" : ""));
    }
    if (format >= CheckpointMetadata.HASHED) {
      checkHash(file, root);
      root.remove(HASH);
    }
    if (format < CheckpointMetadata.WITH_PROVENANCE) {
      root.putObject("provenance");
    }
    Optional<CheckpointMetadata> progress =
        new RecordReader(document, problems).read(CheckpointMetadata.class, root, "");
    problems.throwIfAny();
    checkFiles(file, progress.orElseThrow().files());
    return progress.orElseThrow();
  }

  private static void checkHash(Path file, ObjectNode root) {
    String stated = root.path(HASH).asText("");
    try {
      if (!stated.matches(HEXADECIMAL) || !hash(Files.readAllBytes(file), stated).equals(stated)) {
        throw new UserException(
            file
                + " is damaged: its content is not what its own hash was taken of. Use another"
                + " checkpoint or a copy of this one");
      }
    } catch (IOException e) {
      throw DurableFiles.unreadable(file, e);
    }
  }

  private static void checkFiles(Path file, Map<String, String> files) {
    files.forEach(
        (name, hash) -> {
          if (!StoredCheckpoint.FILES.contains(name)) {
            throw new UserException(
                String.format(
                    Locale.ROOT,
                    "%s: files names '%s'; a checkpoint has %s, and no other file",
                    file,
                    Excerpt.of(name, LONGEST),
                    String.join(", ", StoredCheckpoint.FILES)));
          }
          if (!hash.matches(HEXADECIMAL)) {
            throw new UserException(
                file + ": the hash of " + name + " is not a SHA-256 hash of 64 hexadecimal digits");
          }
        });
    if (!files.containsKey(StoredCheckpoint.MODEL)) {
      throw new UserException(
          file + ": files has no hash of " + StoredCheckpoint.MODEL + ", which is expected");
    }
  }
}
