package dev.ebt.text.decode;

import dev.ebt.text.window.WindowedTextModality;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts that agree in how they are thought about: those that share a batch, and those that have
 * joined since, which share another one for their first token.
 */
final class TextBatches implements AutoCloseable {
  private final TextBatch.Key key;
  private final WindowedTextModality modality;
  private final PredictorPool pool;
  private final List<GeneratedText> arriving = new ArrayList<>();
  private final List<TextBatch> batches = new ArrayList<>();

  TextBatches(TextBatch.Key key, WindowedTextModality modality, PredictorPool pool) {
    this.key = key;
    this.modality = modality;
    this.pool = pool;
  }

  /** Adds a text, which joins at the next token. */
  void add(GeneratedText text) {
    arriving.add(text);
  }

  /** Returns the number of texts that have not ended. */
  int size() {
    return (int) arriving.stream().filter(text -> !text.ended()).count()
        + batches.stream().mapToInt(TextBatch::active).sum();
  }

  /** Returns whether a text that has not ended is among these. */
  boolean has(GeneratedText text) {
    return arriving.contains(text) || batches.stream().anyMatch(batch -> batch.has(text));
  }

  /** Generates one token of each text. */
  void advance() {
    arriving.removeIf(GeneratedText::ended);
    merge();
    if (!arriving.isEmpty()) {
      batches.add(TextBatch.of(key, modality, pool, arriving));
      arriving.clear();
    }
    List.copyOf(batches).forEach(TextBatch::advance);
  }

  /** Moves all texts to one batch, of the smallest size that they fit in. */
  private void merge() {
    batches.removeIf(TextBatch::closeIfEmpty);
    if (batches.size() > 1 || (batches.size() == 1 && batches.get(0).isSparse())) {
      TextBatch merged = TextBatch.merged(batches);
      batches.stream().filter(batch -> batch != merged).forEach(TextBatch::close);
      batches.clear();
      batches.add(merged);
    }
  }

  /** Closes the batches if no text is left; returns whether that is so. */
  boolean closeIfEmpty() {
    if (size() > 0) {
      return false;
    }
    close();
    return true;
  }

  @Override
  public void close() {
    batches.forEach(TextBatch::close);
    batches.clear();
  }
}
