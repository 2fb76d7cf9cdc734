package dev.ebt.text.extra;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.error.Excerpt;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.modality.Tokenizer;
import dev.ebt.plugin.HasArtifacts;
import dev.ebt.store.Sha256;
import dev.ebt.text.document.UnreadableFile;
import dev.ebt.text.token.SurrogateRepair;
import dev.ebt.text.token.TokenizerFileSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that reads any {@code tokenizer.json} with the Hugging Face tokenizers library. It
 * adds no tokens around a text and truncates nothing, whatever the file says. Not every tokenizer
 * reproduces a text exactly: some fold case or drop spaces.
 *
 * <p>Use it through {@link OptionalLibrary#use}. The library unpacks its native part once to the
 * cache of DJL: {@code ~/.djl.ai}, or the environment variable {@code DJL_CACHE_DIR}. Its finalizer
 * frees native memory.
 */
public final class HuggingFaceLibraryTokenizer implements Tokenizer, HasArtifacts {
  private static final int LARGEST_ID = 1 << 24;
  private static final int LONGEST = 200;

  static {
    // The jar contains everything; without this setting DJL looks for a GPU build on the network.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final byte[] file;
  private final int vocabulary;
  private final OptionalInt endOfText;
  private final @Nullable String chosenEndOfText;

  private HuggingFaceLibraryTokenizer(
      HuggingFaceTokenizer tokenizer, byte[] file, String source, @Nullable String endOfText)
      throws IOException {
    JsonNode root = new ObjectMapper().readTree(file);
    this.tokenizer = tokenizer;
    this.file = file;
    this.vocabulary = vocabulary(root, source);
    this.chosenEndOfText = endOfText;
    this.endOfText = endOfText(root.path("added_tokens"), source, endOfText);
  }

  /**
   * Reads the tokenizer that settings name.
   *
   * @throws UserException if the file cannot be read, or if the library refuses it
   */
  public static HuggingFaceLibraryTokenizer read(TokenizerFileSettings settings, Path path) {
    try {
      byte[] file = Files.readAllBytes(path);
      return new HuggingFaceLibraryTokenizer(
          tokenizer(file, path), file, path.toString(), settings.endOfText());
    } catch (IOException e) {
      throw UnreadableFile.of(path, e);
    }
  }

  private static HuggingFaceTokenizer tokenizer(byte[] file, Path path) throws IOException {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(file),
          Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
    } catch (EngineException e) {
      throw OptionalLibrary.HUGGING_FACE.doesNotRun(e);
    } catch (RuntimeException e) {
      throw new UserException(
          path + " is not a tokenizer.json: " + Excerpt.of(ReasonText.of(e), LONGEST), e);
    }
  }

  /** Returns the largest id plus one, which the library does not provide. */
  private static int vocabulary(JsonNode root, String source) {
    JsonNode pieces = root.path("model").path("vocab");
    // The vocabulary is a list indexed by id for Unigram, and a map from names to ids otherwise.
    long largest = pieces.isArray() ? pieces.size() - 1 : -1;
    if (pieces.isObject()) {
      for (JsonNode id : pieces) {
        largest = Math.max(largest, id.asLong());
      }
    }
    for (JsonNode token : root.path("added_tokens")) {
      largest = Math.max(largest, token.path("id").asLong());
    }
    if (largest < 0 || largest > LARGEST_ID) {
      throw new UserException(
          source + ": the largest id is " + largest + "; 0 to " + LARGEST_ID + " expected");
    }
    return Math.toIntExact(largest + 1);
  }

  private static OptionalInt endOfText(JsonNode added, String source, @Nullable String name) {
    String wanted = name == null ? TokenizerFileSettings.END_OF_TEXT : name;
    for (JsonNode token : added) {
      if (token.path("content").asText().equals(wanted)) {
        return OptionalInt.of(token.path("id").asInt());
      }
    }
    if (name != null) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.tokenizer.endOfText is '%s'; %s has no such added token."
                  + " Available: %s",
              name,
              source,
              Excerpt.of(added.findValuesAsText("content").toString(), LONGEST)));
    }
    return OptionalInt.empty();
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int[] encode(String text) {
    long[] ids = tokenizer.encode(SurrogateRepair.of(text), false, false).getIds();
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public String decode(int... tokens) {
    return tokens.length == 0
        ? ""
        : tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
  }

  @Override
  public OptionalInt endOfText() {
    return endOfText;
  }

  @Override
  public String fingerprint() {
    return String.format(
        Locale.ROOT,
        "tokenizer.json with %,d tokens (%s)",
        vocabulary,
        Sha256.of(file).substring(0, 16));
  }

  @Override
  public TokenizerFileSettings settings() {
    return new TokenizerFileSettings(TokenizerFileSettings.KEPT, chosenEndOfText);
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(TokenizerFileSettings.KEPT, file.clone());
  }
}
