package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.task.TaskRecord.Choice;
import dev.ebt.text.token.ByteTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRowsTest {
  private static TextModality modality(int length) {
    return new TextModality(new TextSettings(length, null, null, null), new ByteTokenizer());
  }

  private static TaskRecord record(String prompt, String answer, String... choices) {
    return new TaskRecord(
        "file line 1",
        prompt,
        List.of(answer),
        Arrays.stream(choices).map(c -> new Choice(c, c.equals(answer) ? 1 : 0)).toList());
  }

  /**
   * The counted tokens in the order of rows and positions, {@code _} before tokens of an answer.
   */
  private static String counted(TaskRows rows) {
    StringBuilder text = new StringBuilder();
    Batch batch = rows.batch(IntStream.range(0, rows.size()).toArray());
    int length = batch.target().shape().size(1);
    for (int i = 0; i < batch.target().shape().elements(); i++) {
      if (batch.weight().real(i) == 1) {
        text.append(rows.isAnswer(i / length, i % length) ? "_" : "");
        char token = (char) batch.target().longs()[i];
        text.append(token == 0 ? '.' : token);
      }
    }
    return text.toString();
  }

  /** However long a record and a window are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 40})
  void everyTokenCountsOnceAndSeesItsRecordOrHalfAWindow(int length) {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    for (int prompt = 1; prompt < letters.length(); prompt++) {
      for (int answer = 1; answer + prompt <= letters.length(); answer += 4) {
        TaskRecord record =
            record(letters.substring(0, prompt), letters.substring(prompt, prompt + answer));
        TaskRows rows = TaskRows.toJudge(List.of(record), modality(length));
        String expected =
            record.prompt() + "_ _" + String.join("_", record.answers().get(0).split(""));
        assertThat(counted(rows)).isEqualTo(expected);
        for (int row = 0; row < rows.size(); row++) {
          Batch batch = rows.batch(row);
          int first =
              IntStream.range(0, length)
                  .filter(i -> batch.weight().real(i) == 1)
                  .min()
                  .orElseThrow();
          boolean whole = batch.context().get("tokens").longs()[0] == ByteTokenizer.END_OF_TEXT;
          assertThat(whole || first + 1 >= Math.max(1, length / 2)).isTrue();
        }
      }
    }
  }

  @Test
  void targetsFollowWhatIsObserved() {
    TaskRows rows = TaskRows.toJudge(List.of(record("abcdefg", "xyz")), modality(4));
    for (int row = 0; row < rows.size(); row++) {
      Batch batch = rows.batch(row);
      assertThat(Arrays.copyOfRange(batch.context().get("tokens").longs(), 1, 4))
          .isEqualTo(Arrays.copyOf(batch.target().longs(), 3));
    }
  }

  @Test
  void onlyAnswersAndTheirEndAreLearnt() {
    List<TaskRecord> records = List.of(record("ab", "xy"), record("long prompt of many", "z"));
    assertThat(counted(TaskRows.toLearn(records, modality(32)))).isEqualTo("_ _x_y_._ _z_.");
    TaskRows cut = TaskRows.toLearn(records, modality(6));
    assertThat(counted(cut)).isEqualTo("_ _x_y_._ _z_.");
    for (int row = 0; row < cut.size(); row++) {
      assertThat(cut.batch(row).weight().floats()).as("no row without weight").contains(1f);
    }
  }

  @Test
  void allChoicesAreJudged() {
    TaskRows rows = TaskRows.toJudge(List.of(record("q", "b", "a", "b", "c")), modality(8));
    List<String> sequences = new ArrayList<>();
    rows.sequences().forEach(s -> sequences.add(s.text() + s.right()));
    assertThat(sequences).containsExactly("afalse", "btrue", "cfalse");
    assertThat(TaskRows.toLearn(List.of(record("q", "b", "a", "b")), modality(8)).size())
        .isEqualTo(1);
  }

  @Test
  void separatorInATextIsRefused() {
    assertThatThrownBy(() -> TaskRows.toJudge(List.of(record("a\0b", "c")), modality(8)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "file line 1: the text contains token 0, which separates documents");
  }
}
