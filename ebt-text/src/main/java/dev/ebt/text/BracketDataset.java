package dev.ebt.text;

import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Tokenizer;
import dev.ebt.text.grammar.BracketWriter;
import dev.ebt.text.grammar.DeepLines;
import dev.ebt.text.grammar.HeldOutLines;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.text.window.Fingerprint;
import dev.ebt.text.window.TextSplit;
import dev.ebt.text.window.Tokens;
import dev.ebt.text.window.TrainingWindows;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Built-in text: a sequence of lines of {@link dev.ebt.text.grammar.BracketGrammar}. The hash of a
 * line assigns it to training or validation, so the two sides share no line.
 */
public final class BracketDataset implements Dataset {
  private final BracketDatasetSettings settings;
  private final TextModality modality;
  private final DeepLines lines;
  private final TextSplit split;

  private BracketDataset(BracketDatasetSettings settings, TextModality modality) {
    this.settings = settings;
    this.modality = modality;
    this.lines = settings.lines();
    this.split = write(settings, lines, modality.tokenizer());
  }

  /** Generates the lines. */
  public static BracketDataset write(BracketDatasetSettings settings, TextModality modality) {
    return new BracketDataset(settings, modality);
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "built-in brackets %s %d: %,d lines for training, %,d for validation;"
            + " the best possible loss is %.4f nats per byte",
        settings.minDepth() == 1 ? "to depth" : "of depth " + settings.minDepth() + " to",
        settings.maxDepth(),
        settings.documents(),
        settings.validationDocuments(),
        lines.entropyPerByte());
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(split, modality.tokenizer().fingerprint() + " " + modality.length());
  }

  @Override
  public Examples training() {
    return TrainingWindows.packed(split.training(), modality.length());
  }

  @Override
  public Examples validation() {
    return TrainingWindows.packed(split.validation(), modality.length());
  }

  /** Returns the entropy rate of the lines, if tokens are bytes. */
  @Override
  public OptionalDouble bestLoss() {
    return modality.tokenizer() instanceof ByteTokenizer
        ? OptionalDouble.of(lines.entropyPerByte())
        : OptionalDouble.empty();
  }

  private static TextSplit write(
      BracketDatasetSettings settings, DeepLines lines, Tokenizer tokenizer) {
    BracketWriter writer = new BracketWriter(lines.grammar(), settings.seed());
    Tokens.Builder training = Tokens.builder(tokenizer.vocabulary());
    Tokens.Builder validation = Tokens.builder(tokenizer.vocabulary());
    int trainingLines = 0;
    int validationLines = 0;
    for (long i = 0;
        trainingLines < settings.documents() || validationLines < settings.validationDocuments();
        i++) {
      String line = writer.line(i);
      if (!lines.contains(line)) {
        continue;
      }
      boolean heldOut = HeldOutLines.contains(line);
      if (!heldOut && trainingLines < settings.documents()) {
        training.addAll(tokenizer.encode(line));
        trainingLines++;
      } else if (heldOut && validationLines < settings.validationDocuments()) {
        validation.addAll(tokenizer.encode(line));
        validationLines++;
      }
    }
    return new TextSplit(training.build(), validation.build(), "split by line");
  }
}
