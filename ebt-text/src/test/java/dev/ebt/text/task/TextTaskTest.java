package dev.ebt.text.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.ebt.error.UserException;
import dev.ebt.text.task.TaskRecord.Choice;
import dev.ebt.train.PublishedCompatibility;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTaskTest {
  private static final String GSM8K =
      """
      {"question": "How many legs have two cats?", "answer": "2 * 4 = <<2*4=8>>8\\n#### 8"}

      {"question": "And 1,000 hens?", "answer": "1,000 * 2\\n#### 2,000"}
      """;
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Tea", "paragraphs": [
        {"context": "Tea is drunk hot or cold.", "qas": [
          {"id": "1", "question": "How is tea drunk?", "is_impossible": false,
           "answers": [{"text": "hot or cold", "answer_start": 13}, {"text": "hot", "answer_start": 13}]},
          {"id": "2", "question": "Who grew it?", "is_impossible": true,
           "plausible_answers": [{"text": "Tea", "answer_start": 0}], "answers": []}]}]},
        {"title": "None", "paragraphs": []}]}
      """;
  private static final String BIGBENCH =
      """
      {"name": "little", "examples": [
        {"input": "Close ( [", "target": "] )"},
        {"input": "1 + 1?", "target_scores": {"3": 0, "2": 1, "4": 0}},
        {"input": "Say yes.", "target": ["yes", "yes!"]}]}
      """;
  private static final String LAMBADA =
      """
      {"text": "He took his hat, and left the house"}
      {"text": "\\"No,\\" she\\nsaid  softly"}
      """;
  private static final String ARC =
      """
      {"id": "a", "question": {"stem": "What is wet?", "choices": [{"text": "sand", "label": "A"}, {"text": "rain", "label": "B"}]}, "answerKey": "B"}
      {"id": "b", "question": {"stem": "What burns?", "choices": [{"text": "wood", "label": "1"}, {"text": "stone", "label": "2"}]}, "answerKey": "1"}
      """;

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(files.getPath("/" + name), text);
  }

  private TextTask read(String format, String text) throws IOException {
    return TextTask.read(format, write("task", text));
  }

  @Test
  void gsm8kAnswersAreComparedByTheirResult() throws IOException {
    TextTask task = read("gsm8k", GSM8K);
    TaskRecord second = task.records().get(1);
    assertThat(task.records()).hasSize(2);
    assertThat(second.source()).isEqualTo("/task line 3");
    assertThat(second.prompt()).isEqualTo("Question: And 1,000 hens? Answer:");
    assertThat(second.answers()).containsExactly("1,000 * 2\n#### 2,000");
    AnswerRule rule = task.rule(PublishedCompatibility.CORRECTED);
    assertThat(rule.score("#### 2000", second.answers()).exact()).isTrue();
    assertThat(rule.score("#### 200", second.answers()).exact()).isFalse();
    assertThat(task.rule(PublishedCompatibility.PUBLISHED)).isInstanceOf(PublishedRule.class);
    assertThat(task.chance()).isEmpty();
  }

  @Test
  void squadQuestionsWithoutAnswerAreLeftOutAndCounted() throws IOException {
    TextTask task = read("squad", SQUAD);
    assertThat(task.records())
        .containsExactly(
            new TaskRecord(
                "/task data[0].paragraphs[0].qas[0]",
                "Context: Tea is drunk hot or cold. Question: How is tea drunk? Answer:",
                List.of("hot or cold", "hot"),
                List.of()));
    assertThat(task.leftOut()).isEqualTo(1);
    assertThat(task.description())
        .isEqualTo("squad: 1 record of /task, 1 without an answer skipped");
  }

  @Test
  void bigBenchHasTargetsOrScoredChoices() throws IOException {
    TextTask task = read("bigbench", BIGBENCH);
    assertThat(task.records())
        .extracting(TaskRecord::answers)
        .containsExactly(List.of("] )"), List.of("2"), List.of("yes", "yes!"));
    assertThat(task.records())
        .extracting(TaskRecord::choices)
        .containsExactly(
            List.of(),
            List.of(new Choice("3", 0), new Choice("2", 1), new Choice("4", 0)),
            List.of());
    assertThat(task.chance().orElseThrow()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(task.records().get(0).prompt()).isEqualTo("Question: Close ( [ Answer:");
  }

  @Test
  void lambadaIsThePassageAndItsLastWord() throws IOException {
    TextTask task = read("lambada", LAMBADA);
    assertThat(task.records())
        .extracting(r -> r.prompt() + "|" + r.answers())
        .containsExactly("He took his hat, and left the|[house]", "\"No,\" she\nsaid|[softly]");
    assertThat(read("lambada", "one two three\n\nfour five\n").records())
        .extracting(r -> r.prompt() + "|" + r.answers())
        .containsExactly("one two|[three]", "four|[five]");
    assertThat(task.rule(PublishedCompatibility.CORRECTED)).isInstanceOf(LastWordRule.class);
  }

  @Test
  void arcAnswersByLabel() throws IOException {
    TextTask task = read("arc", ARC);
    assertThat(task.records())
        .extracting(TaskRecord::answers)
        .containsExactly(List.of("rain"), List.of("wood"));
    assertThat(task.records().get(0).choices())
        .containsExactly(new Choice("sand", 0), new Choice("rain", 1));
    assertThat(task.chance()).hasValue(0.5);
    assertThat(task.limited(1).records()).hasSize(1);
    assertThat(task.limited(9).records()).hasSize(2);
  }

  @Test
  void linesOfHuggingFaceAreReadToo() throws IOException {
    String squad =
        """
        {"id": "1", "context": "c d e", "question": "q?", "answers": {"text": ["d", "c d"], "answer_start": [2, 0]}}
        {"id": "2", "context": "c d e", "question": "r?", "answers": {"text": [], "answer_start": []}}
        """;
    TextTask questions = read("squad", squad);
    assertThat(questions.records())
        .containsExactly(
            new TaskRecord(
                "/task line 1",
                "Context: c d e Question: q? Answer:",
                List.of("d", "c d"),
                List.of()));
    assertThat(questions.leftOut()).isEqualTo(1);
    String arc =
        """
        {"question": "What is wet?", "choices": {"text": ["sand", "rain"], "label": ["A", "B"]}, "answerKey": "B"}
        """;
    assertThat(read("arc", arc).records())
        .isEqualTo(
            List.of(
                new TaskRecord(
                    "/task line 1",
                    "Question: What is wet? Answer:",
                    List.of("rain"),
                    List.of(new Choice("sand", 0), new Choice("rain", 1)))));
  }

  /** Read as each of the others, a file says what it is. */
  @Test
  void fileOfAnotherFormatIsToldWithAGuess() throws IOException {
    List<String> texts = List.of(GSM8K, SQUAD, BIGBENCH, LAMBADA, ARC);
    List<String> formats = TextTask.formats();
    assertThat(formats).containsExactly("gsm8k", "squad", "bigbench", "lambada", "arc");
    for (int i = 0; i < texts.size(); i++) {
      Path file = write("file" + i, texts.get(i));
      String right = formats.get(i);
      for (String wrong : formats) {
        if (!wrong.equals(right)) {
          assertThatThrownBy(() -> TextTask.read(wrong, file))
              .as("%s as %s", right, wrong)
              .isInstanceOf(UserException.class)
              .hasMessageStartingWith(
                  "%s looks like %s: --task %s=%s. For %s, "
                      .formatted(file, right, right, file, wrong));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gsm8k    | {\"question\": \"a\", \"answr\": \"b\"} | /task line 1: no field 'answer': did you mean 'answr'? Found: question, answr",
        "gsm8k    | {\"question\": \"a\", \"answer\": 3} | /task line 1: text expected in field 'answer', found number",
        "gsm8k    | {\"question\": \" \", \"answer\": \"b\"} | /task line 1: field 'question' is empty",
        "gsm8k    | [1] | /task line 1: expected a JSON object, found array",
        "gsm8k    | nonsense | /task line 1: malformed JSON at column 1",
        "gsm8k    | {\"question\": | /task line 1: malformed JSON at column 13: it ends unexpectedly",
        "squad    | {\"data\": [{\"paragraphs\": [{\"qas\": []}]}]} | /task data[0].paragraphs[0]: no field 'context'. Found: qas",
        "squad    | {\"data\": [{\"paragraphs\": [{\"context\": \"c\", \"qas\": [{\"question\": \"q\"}]}]}]} | /task data[0].paragraphs[0].qas[0]: no field 'answers'. Found: question",
        "squad    | {\"data\": 3} | /task: a list expected in field 'data', found number",
        "squad    | {\"data\": []} | /task has no record; one JSON object",
        "bigbench | {\"examples\": [{\"input\": \"a\"}]} | /task examples[0]: no field 'target'. Found: input",
        "bigbench | {\"examples\": [{\"input\": \"a\", \"target\": []}]} | /task examples[0]: field 'target' is empty",
        "bigbench | {\"examples\": [{\"input\": \"a\", \"target_scores\": {\"x\": \"y\"}}]} | /task examples[0].target_scores: a number expected for 'x', found",
        "bigbench | {\"examples\": [{\"input\": \"a\", \"target_scores\": {}}]} | /task examples[0].target_scores: no choice to score",
        "bigbench | {\"examples\": [7]} | /task examples[0]: an object expected, found number",
        "lambada  | {\"text\": \"word\"} | /task line 1: a passage of at least two words expected",
        "arc      | {\"question\": {\"stem\": \"s\"}, \"answerKey\": \"A\"} | /task line 1 question: no field 'choices'. Found: stem",
        "arc      | {\"question\": {\"stem\": \"s\", \"choices\": [{\"text\": \"t\", \"label\": \"A\"}]}, \"answerKey\": \"C\"} | /task line 1: answerKey is 'C'; one of the choices' labels expected: A",
        "arc      | {\"question\": {\"stem\": \"s\", \"choices\": [{\"text\": \"t\", \"label\": \"A\"}, {\"text\": \"u\", \"label\": \"A\"}]}, \"answerKey\": \"A\"} | /task line 1 question.choices[1]: a second choice with label 'A'",
        "arc      | {\"question\": \"q\", \"choices\": {\"text\": [\"a\"], \"label\": [\"A\", \"B\"]}, \"answerKey\": \"A\"} | /task line 1 choices: 2 in list 'label' but 1 in list 'text'; equal lengths expected",
        "gsm      | {} | unknown task format 'gsm'. Known: arc, bigbench, gsm8k, lambada, squad",
      })
  void whatIsWrongIsToldWithFileRecordAndField(String format, String text, String message)
      throws IOException {
    Path file = write("task", text);
    assertThatThrownBy(() -> TextTask.read(format, file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void fileThatIsNotThereIsTold() throws IOException {
    write("test.jsonl", GSM8K);
    assertThatThrownBy(() -> TextTask.read("gsm8k", files.getPath("/test.json")))
        .hasMessage("no file or folder /test.json: did you mean '/test.jsonl'?");
    assertThatThrownBy(() -> TextTask.read("gsm8k", files.getPath("/")))
        .hasMessage("/ is a folder; a file expected");
  }
}
