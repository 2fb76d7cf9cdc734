package dev.ebt.text.decode;

import com.google.common.math.IntMath;
import dev.ebt.predict.Predictor;
import dev.ebt.predict.ThinkingTrace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.text.window.TrainingWindows;
import dev.ebt.text.window.WindowedTextModality;
import dev.ebt.think.CompactedThinking;
import dev.ebt.think.SelfVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts whose tokens are generated together: one row each, among rows without a text. */
final class TextBatch implements AutoCloseable {
  /** The most predictions at a time; more candidates are thought about one group after another. */
  private static final int MOST_PREDICTIONS = 128;

  private static final int MOST_POSITIONS = 16;

  private final Key key;
  private final WindowedTextModality modality;
  private final PredictorPool pool;
  private final PredictorPool.Pooled pooled;
  private final int positions;
  private final @Nullable GeneratedText[] texts;
  private final Map<PredictorPool.Size, PredictorPool.Pooled> smaller = new HashMap<>();
  private Map<String, Array> context = Map.of();
  private Array focus = Array.of(Shape.of(0, 0), new long[0]);

  /**
   * What texts of one batch have in common.
   *
   * @param capacity elements of a row's cache; 0 for none
   * @param compact whether stopped predictions are left out
   * @param alone the only text, if it has a number of steps of its own for each token
   */
  record Key(
      int steps,
      double tolerance,
      int candidates,
      boolean energies,
      int capacity,
      boolean compact,
      @Nullable GeneratedText alone) {
    static Key of(GeneratedText text, int capacity) {
      TextGenerator.GenerationOptions options = text.options();
      return new Key(
          options.steps(),
          options.tolerance(),
          options.candidates(),
          options.energies(),
          capacity,
          options.compact(),
          options.evaluations() > 0 ? text : null);
    }

    /** Returns the number of steps of the next token. */
    int steps(Predictor predictor) {
      return alone == null ? steps : alone.steps(predictor.evaluations(1));
    }

    /**
     * Returns how many candidates of each row are thought about at a time: a power of two, so that
     * few sizes of programs serve all numbers of candidates. Positions beyond the candidates are
     * computed for nothing.
     */
    int positions(int rows) {
      int most = Math.min(MOST_POSITIONS, MOST_PREDICTIONS / rows);
      int groups = (candidates + most - 1) / most;
      int each = (candidates + groups - 1) / groups;
      return IntMath.ceilingPowerOfTwo(each);
    }
  }

  private TextBatch(Key key, WindowedTextModality modality, PredictorPool pool, int rows) {
    this.key = key;
    this.modality = modality;
    this.pool = pool;
    this.texts = new GeneratedText[rows];
    this.positions = key.positions(rows);
    this.pooled = pool.take(new PredictorPool.Size(rows, positions, key.capacity()));
  }

  /** Returns a batch of new texts. */
  static TextBatch of(
      Key key, WindowedTextModality modality, PredictorPool pool, List<GeneratedText> texts) {
    TextBatch batch = new TextBatch(key, modality, pool, rows(texts.size()));
    for (int i = 0; i < texts.size(); i++) {
      batch.texts[i] = texts.get(i);
    }
    return batch;
  }

  /** Returns a batch with all texts: the first of the given ones if they fit in best there. */
  static TextBatch merged(List<TextBatch> batches) {
    TextBatch first = batches.get(0);
    int rows = rows(batches.stream().mapToInt(TextBatch::active).sum());
    boolean fits = first.texts.length == rows;
    TextBatch target = fits ? first : new TextBatch(first.key, first.modality, first.pool, rows);
    batches.stream().filter(batch -> batch != target).forEach(target::take);
    return target;
  }

  private static int rows(int texts) {
    return texts == 0 ? 1 : IntMath.ceilingPowerOfTwo(texts);
  }

  /** Takes over the texts of another batch, and what was observed of them. */
  private void take(TextBatch other) {
    List<Integer> sources = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    int row = 0;
    for (int i = 0; i < other.texts.length; i++) {
      GeneratedText text = other.texts[i];
      if (text != null && !text.ended()) {
        while (isTaken(row)) {
          row++;
        }
        texts[row] = text;
        sources.add(i);
        targets.add(row);
      }
    }
    pooled.predictor().takeObservations(other.pooled.predictor(), ints(sources), ints(targets));
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean isTaken(int row) {
    GeneratedText text = texts[row];
    return text != null && !text.ended();
  }

  /** Returns whether this has a text that has not ended. */
  boolean has(GeneratedText text) {
    return !text.ended() && Arrays.asList(texts).contains(text);
  }

  /** Returns the number of texts that have not ended. */
  int active() {
    int active = 0;
    for (int row = 0; row < texts.length; row++) {
      active += isTaken(row) ? 1 : 0;
    }
    return active;
  }

  /** Returns whether a smaller batch has room for the texts. */
  boolean isSparse() {
    return rows(active()) < texts.length;
  }

  boolean closeIfEmpty() {
    if (active() > 0) {
      return false;
    }
    close();
    return true;
  }

  /** Generates one token of each text. */
  void advance() {
    observe();
    List<CandidateChoice> choices = new ArrayList<>();
    for (int row = 0; row < texts.length; row++) {
      choices.add(new CandidateChoice());
    }
    int steps = key.steps(pooled.predictor());
    for (int first = 0; first < key.candidates(); first += positions) {
      think(first, steps, choices);
    }
    forEachText(
        (row, text) -> {
          text.add(choices.get(row));
          text.endIfComplete(modality.length());
        });
  }

  /** Observes the tokens of all texts; a row without a text is a single token. */
  private void observe() {
    int room = pooled.cached() ? key.capacity() : modality.length();
    long[] windows = new long[texts.length * room];
    long[] last = new long[texts.length * positions];
    forEachText(
        (row, text) -> {
          int observed = text.observe(windows, row * room, modality.length());
          Arrays.fill(last, row * positions, (row + 1) * positions, observed - 1);
        });
    context = Map.of(TrainingWindows.TOKENS, Array.of(Shape.of(texts.length, room), windows));
    focus = Array.of(Shape.of(texts.length, positions), last);
    pooled.predictor().observe(context);
    pooled.predictor().focus(focus);
  }

  /** Thinks about some candidates of every text, from number {@code first} on. */
  private void think(int first, int steps, List<CandidateChoice> choices) {
    Predictor predictor = pooled.predictor();
    boolean several = key.candidates() > 1;
    boolean byEnergy = predictor.selectsByEnergy();
    ThinkingTrace trace = think(first, steps, key.energies() || (several && byEnergy));
    Optional<Array> scores =
        !several
            ? Optional.empty()
            : byEnergy ? trace.finalEnergy() : Optional.of(predictor.selectionScores());
    float[] candidates = predictor.candidate().floats();
    int vocabulary = candidates.length / (texts.length * positions);
    forEachText(
        (row, text) -> {
          for (int i = 0; i < positions && first + i < key.candidates(); i++) {
            int at = row * positions + i;
            int evaluations = predictor.evaluations(trace.evaluations(at));
            choices
                .get(row)
                .offer(
                    scores.map(all -> all.real(at)).orElse(0.0),
                    trace.energies(at),
                    Arrays.copyOfRange(candidates, at * vocabulary, (at + 1) * vocabulary),
                    several ? evaluations + 1 : evaluations);
          }
        });
  }

  private ThinkingTrace think(int first, int steps, boolean finalEnergy) {
    Predictor predictor = pooled.predictor();
    boolean stops = predictor.thinks() && (key.tolerance() > 0 || predictor.stopsEarly());
    if (!key.compact() || !stops || !pooled.cached() || texts.length * positions == 1) {
      return predictor.think(seeds(first), steps, key.tolerance(), finalEnergy);
    }
    return new CompactedThinking(predictor, context, focus, this::smaller)
        .think(seeds(first), wanted(first), steps, key.tolerance(), finalEnergy);
  }

  /** Returns the predictor that some predictions of a token move to once others have stopped. */
  private Predictor smaller(int rows, int wanted) {
    return smaller
        .computeIfAbsent(new PredictorPool.Size(rows, wanted, key.capacity()), pool::take)
        .predictor();
  }

  /** Returns which predictions belong to a text and a candidate. */
  private boolean[] wanted(int first) {
    boolean[] wanted = new boolean[texts.length * positions];
    forEachText(
        (row, text) -> {
          int count = Math.min(positions, key.candidates() - first);
          Arrays.fill(wanted, row * positions, row * positions + count, true);
        });
    return wanted;
  }

  private Array seeds(int first) {
    long[] seeds = new long[texts.length * positions];
    forEachText(
        (row, text) -> {
          for (int i = 0; i < positions && first + i < key.candidates(); i++) {
            seeds[row * positions + i] = SelfVerification.seed(text.seed(), first + i);
          }
        });
    return Array.of(Shape.of(texts.length, positions), seeds);
  }

  @FunctionalInterface
  private interface RowAction {
    void on(int row, GeneratedText text);
  }

  private void forEachText(RowAction action) {
    for (int row = 0; row < texts.length; row++) {
      GeneratedText text = texts[row];
      if (text != null && !text.ended()) {
        action.on(row, text);
      }
    }
  }

  @Override
  public void close() {
    smaller.values().forEach(pool::put);
    smaller.clear();
    pool.put(pooled);
  }
}
