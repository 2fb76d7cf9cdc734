package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.modality.Batch;
import dev.ebt.tensor.Array;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.token.ByteTokenizer;
import dev.ebt.think.PredictionEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a loss that each letter has of itself: space 1, a 2, b 4, everything else 0. */
class TaskTallyTest {
  @TempDir private Path folder;

  private static double loss(long token) {
    return switch ((char) token) {
      case ' ' -> 1;
      case 'a' -> 2;
      case 'b' -> 4;
      default -> 0;
    };
  }

  private static Map<String, Double> figures(TextTask task, int length, int rows) {
    TextModality modality =
        new TextModality(new TextSettings(length, null, null, null), new ByteTokenizer());
    TaskRows windows = TaskRows.toJudge(task.records(), modality);
    TaskTally tally = new TaskTally(task, windows);
    for (int first = 0; first < windows.size(); first += rows) {
      int filled = Math.min(rows, windows.size() - first);
      Batch batch = windows.batch(IntStream.range(first, first + filled).toArray());
      double[] losses = new double[filled * length];
      double[] right = new double[losses.length];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = loss(batch.target().longs()[i]);
        right[i] = losses[i] < 4 ? 1 : 0;
      }
      Map<String, Array> figures =
          Map.of(
              "loss", Array.of(batch.weight().shape(), losses),
              "accuracy", Array.of(batch.weight().shape(), right));
      tally.add(
          new PredictionEvaluator.BatchResult(
              1, 1, first, batch, batch.weight().floats(), figures, 0.5));
    }
    return tally.metrics().values();
  }

  private TextTask task(String format, String text) throws IOException {
    return TextTask.read(format, Files.writeString(folder.resolve("task"), text));
  }

  /** Records of unequal length: 4 tokens of loss 4, 4, 4, 1+2, and 12 further ones of loss 0. */
  @Test
  void meansAreOverTokensWhateverWindowsAndBatchesTheyComeIn() throws IOException {
    TextTask task = task("lambada", "bbb a\ncccccccc cc\n");
    for (int length : new int[] {2, 3, 6, 64}) {
      for (int rows : new int[] {1, 2, 7}) {
        Map<String, Double> figures = figures(task, length, rows);
        assertThat(figures.get("perplexity")).isCloseTo(Math.exp(16.0 / 16), within(1e-9));
        assertThat(figures.get("answerPerplexity")).isCloseTo(Math.exp(4.0 / 5), within(1e-9));
        assertThat(figures.get("answerAccuracy")).isEqualTo(1);
        assertThat(figures.get("bitsPerByte")).isCloseTo(1 / Math.log(2), within(1e-9));
        assertThat(figures.get("answerBitsPerByte")).isCloseTo(4.0 / 5 / Math.log(2), within(1e-9));
        assertThat(figures.get("wordPerplexity")).isCloseTo(Math.exp(4.0 / 2), within(1e-9));
        assertThat(figures.get("wholeAnswers")).isEqualTo(1);
        assertThat(figures).doesNotContainKeys("choiceAccuracy", "energy");
      }
    }
  }

  @Test
  void anAnswerIsWholeIfAllItsTokensAreRight() throws IOException {
    Map<String, Double> figures = figures(task("lambada", "c ccb\nb ca\n"), 64, 2);
    assertThat(figures.get("wholeAnswers")).isEqualTo(0.5);
    assertThat(figures.get("answerAccuracy")).isCloseTo(6 / 7.0, within(1e-9));
  }

  /** Choices of losses 1 + 2·2, 1 + 4, 1 + 2: the last one is the likeliest. */
  @Test
  void theLikeliestChoiceIsTaken() throws IOException {
    String line =
        """
        {"question": {"stem": "s", "choices": [{"text": "aa", "label": "A"},
         {"text": "b", "label": "B"}, {"text": "xa", "label": "C"}]}, "answerKey": "%s"}
        """;
    String right = line.formatted("C").replace("\n", "") + "\n";
    String wrong = line.formatted("B").replace("\n", "") + "\n";
    assertThat(figures(task("arc", right), 64, 2)).containsEntry("choiceAccuracy", 1.0);
    assertThat(figures(task("arc", wrong), 64, 2)).containsEntry("choiceAccuracy", 0.0);
    assertThat(figures(task("arc", wrong), 64, 2)).containsEntry("choiceAccuracyByLength", 0.0);
    Map<String, Double> both = figures(task("arc", right + wrong + wrong + right), 4, 3);
    assertThat(both.get("choiceAccuracy")).isEqualTo(0.5);
    assertThat(both.get("seconds")).isPositive();
    // " xa" twice and " b" twice.
    assertThat(both.get("answerPerplexity")).isCloseTo(Math.exp(16.0 / 10), within(1e-9));
  }

  /** Of losses 1 + 2 and 1 + 2·2 the second is the likelier one for its characters. */
  @Test
  void longChoicesAreAlsoTakenByTheirLength() throws IOException {
    String line =
        """
        {"question": {"stem": "s", "choices": [{"text": "a", "label": "A"}, {"text": "aax", "label": "B"}]}, "answerKey": "B"}
        """;
    Map<String, Double> figures = figures(task("arc", line), 64, 2);
    assertThat(figures)
        .containsEntry("choiceAccuracy", 0.0)
        .containsEntry("choiceAccuracyByLength", 1.0);
  }

  /** A model that knows nothing has what chance gives, wherever the right choice stands. */
  @Test
  void choicesThatAreEquallyLikelyShareThePoint() throws IOException {
    String line =
        """
        {"question": {"stem": "s", "choices": [{"text": "a", "label": "A"}, {"text": "xa", "label": "B"}, {"text": "b", "label": "C"}, {"text": "ya", "label": "D"}]}, "answerKey": "%s"}
        """;
    TextTask task = task("arc", line.formatted("A") + line.formatted("B"));
    assertThat(figures(task, 64, 3).get("choiceAccuracy")).isCloseTo(1 / 3.0, within(1e-12));
  }
}
