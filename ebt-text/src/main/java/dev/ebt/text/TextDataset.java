package dev.ebt.text;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.text.window.Corpus;
import dev.ebt.text.window.CorpusCache;
import dev.ebt.text.window.Fingerprint;
import dev.ebt.text.window.TextSplit;
import dev.ebt.text.window.Tokens;
import dev.ebt.text.window.TrainingWindows;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A dataset of a user's own text. The tokens of more than a MiB of text are stored in the user's
 * {@link CorpusCache} and read from there; those of less are kept in memory.
 */
public record TextDataset(
    String description, String fingerprint, Examples training, Examples validation)
    implements Dataset {

  /**
   * Reads the text.
   *
   * @param seed the seed of random windows
   * @throws UserException if something cannot be read, is not text, or is too short
   */
  public static TextDataset read(TextDatasetSettings settings, TextModality modality, long seed) {
    Integer stride = settings.stride();
    if (stride != null && stride > modality.length()) {
      throw new UserException(
          "data.stride is "
              + stride
              + ", more than modality.length "
              + modality.length()
              + ": tokens between windows would never be trained");
    }
    TextSides sides = TextSides.of(settings);
    CorpusCache cache = CorpusCache.ofUser();
    Corpus corpus = cache.read(sides.training(), settings.field(), modality.tokenizer());
    if (sides.validation().isEmpty()) {
      double share =
          requireNonNullElse(settings.validation(), TextDatasetSettings.VALIDATION_SHARE);
      return dataset(settings, modality, seed, List.of(corpus), TextSplit.of(corpus, share));
    }
    Corpus other = cache.read(sides.validation(), settings.field(), modality.tokenizer());
    TextSplit split = TextSplit.of(corpus, other, sides.method());
    return dataset(settings, modality, seed, List.of(corpus, other), split);
  }

  private static TextDataset dataset(
      TextDatasetSettings settings,
      TextModality modality,
      long seed,
      List<Corpus> sources,
      TextSplit split) {
    return new TextDataset(
        describe(settings.path(), sources, split),
        Fingerprint.of(split, cut(settings, modality, split, seed)),
        training(settings, modality, split, seed),
        TrainingWindows.packed(split.validation(), modality.length()));
  }

  private static Examples training(
      TextDatasetSettings settings, TextModality modality, TextSplit split, long seed) {
    Tokens tokens = split.training();
    int length = modality.length();
    Integer stride = settings.stride();
    return switch (settings.windows()) {
      case PACKED -> TrainingWindows.overlapping(tokens, length, stride == null ? length : stride);
      case RANDOM -> TrainingWindows.random(tokens, length, epoch(settings, length, split), seed);
    };
  }

  private static int epoch(TextDatasetSettings settings, int length, TextSplit split) {
    Integer epoch = settings.epoch();
    return epoch != null
        ? epoch
        : (int)
            Math.min(
                TextDatasetSettings.LONGEST_EPOCH,
                TrainingWindows.starts(split.training(), length));
  }

  /** Returns all inputs that determine the rows, besides the tokens themselves. */
  private static String cut(
      TextDatasetSettings settings, TextModality modality, TextSplit split, long seed) {
    int length = modality.length();
    String windows =
        settings.windows() == TextDatasetSettings.Windows.RANDOM
            ? "random " + epoch(settings, length, split) + " " + seed
            : "packed " + (settings.stride() == null ? length : settings.stride());
    return modality.tokenizer().fingerprint() + " " + length + " " + windows;
  }

  /** Returns the description; its count of documents covers all files that were read. */
  private static String describe(String path, List<Corpus> sources, TextSplit split) {
    int documents = sources.stream().mapToInt(Corpus::documents).sum();
    String remarks =
        sources.stream()
            .map(Corpus::remarks)
            .filter(remark -> !remark.isEmpty())
            .distinct()
            .map(remark -> "; " + remark)
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%s: %,d document%s, %,d tokens for training, %,d for validation (%s)%s",
        path,
        documents,
        documents == 1 ? "" : "s",
        split.training().size(),
        split.validation().size(),
        split.method(),
        remarks);
  }
}
