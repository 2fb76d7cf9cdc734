package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words on the command line that mean nothing are told in one line, not with pages of help. */
class OptionMistakesTest {
  @TempDir static Path folder;
  private static Path run;
  private static String text;

  @BeforeAll
  static void train() throws IOException {
    Tiny tiny = Tiny.in(folder);
    run = tiny.trained("run");
    text = tiny.write("a.txt", "a\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian                         | Unmatched argument at index 0: 'trian': did you mean"
            + " train",
        "train --nope                  | Unknown option: '--nope'; './ebt train --help' lists",
        "train --quik                  | Unknown option: '--quik': did you mean --quick? './ebt"
            + " train",
        "think RUN --stpes 3           | Unknown option: '--stpes': did you mean --steps? './ebt"
            + " think",
        "think RUN --stpes=3           | Unknown option: '--stpes=3': did you mean --steps? './ebt",
        "eval RUN --stpes 3            | Unknown option: '--stpes': did you mean --steps? './ebt"
            + " eval",
        "think RUN --x 0.5             | Unknown option: '--x'. If a plugin provides it, name the"
            + " jar with --plugins; './ebt think --help' lists the options",
        "help trian                    | Unknown subcommand 'trian'; './ebt --help' lists",
        "bench stpe                    | Unmatched argument at index 1: 'stpe': did you mean step?",
        "think RUN --prompt --steps    | Expected parameter for option '--prompt' but found"
            + " '--steps', which is an option. To use it as a value: --prompt=--steps",
        "train --data                  | Missing required parameter for option '--data' (PATH)",
        "train --steps 3               | Unknown option: '--steps'",
        "train --field x               | --field needs --data",
        "train --resume RUN --out x    | --resume uses the configuration of the run; remove CONFIG",
        "eval                          | Missing required parameter: 'RUN'",
        "publish                       | Unmatched argument at index 0: 'publish': did you mean export?",
        "eval RUN --steps -1           | --steps is -1; 0 or more expected",
        "eval RUN --steps 1,two        | Invalid value for option '--steps' (N): 'two' is not an",
        "eval RUN --steps 1,,2         | Invalid value for option '--steps' (N): '' is not an integer",
        "eval RUN --noise 0.1          | --noise is for images; RUN has modality 'text'",
        "eval RUN --batch 0            | --batch is 0; at least 1 expected",
        "eval RUN --limit -1           | --limit is -1; at least 1 expected",
        "eval RUN --candidates 1,0     | --candidates is 0; at least 1 expected",
        "think RUN --steps 0           | --steps is 0; at least 1 expected",
        "think RUN --steps -1          | --steps is -1; 0 or more expected",
        "think RUN --steps 2000000000  | --steps is 2000000000; at most 100000 expected",
        "eval RUN --steps 2000000000   | --steps is 2000000000; at most 100000 expected",
        "eval RUN --candidates 200000  | --candidates is 200000; at most 100000 expected",
        "eval RUN --set thinking.select=softmin | --set thinking.select=softmin: this selects",
        "think RUN --prompt a --set thinking.select=softmin | --set thinking.select=softmin: this",
        "eval RUN --set schedule=linear | --set schedule=linear: only training uses this, so",
        "eval RUN --set monitors=[early-stopping] | --set monitors=[early-stopping]: only training",
        "eval RUN --set objective.labelSmoothing=0.1 | --set objective.labelSmoothing=0.1: only",
        "eval RUN --set objective.contrastiveWeight=1 | --set objective.contrastiveWeight=1: only",
        "eval RUN --set thinking.learnStepSize=true | --set thinking.learnStepSize=true: only",
        "eval RUN --set data.name=text --set data.path=x --set data.windows=random | --set data.wind",
        "eval RUN --set from=other | --set from=other: only training uses this",
        "score RUN --text a --set training.clip=2 | --set training.clip=2: only training uses this",
        "score RUN --text a --steps 1,2 | --steps has 2 numbers; one expected here",
        "think RUN --tolerance 0.1 --set thinking.stop=gradient-small | --tolerance is short for",
        "think RUN --steps abc         | Invalid value for option '--steps' (N): 'abc' is not an integer",
        "think RUN --steps 1,2         | --steps has 2 numbers; one expected here",
        "think RUN --image x.png       | --image is for images; this run has modality 'text'."
            + " Without it, text is written",
        "think RUN --predict 3         | --predict is for clips; this run has modality 'text'."
            + " Without it, text is written",
        "think RUN --noise 0.3         | --noise is for images; this run has modality 'text'."
            + " Without it, text is written",
        "think RUN --clip x.gif        | --clip is for clips; this run has modality 'text'."
            + " Without it, text is written",
        "think RUN --count 0           | --count is 0; at least 1 expected",
        "think RUN --count 1100000000  | --count is 1100000000; at most 1000000 expected",
        "think RUN --temperature 0 --top-k 3 | --top-k is 3; 0 with temperature 0, which always",
        "think RUN --window full       | --window is full; half, stop or slide expected",
        "think RUN --temperature -1    | --temperature is -1.0; 0 or more expected",
        "think RUN --temperature hot   | Invalid value for option '--temperature': 'hot' is not a number",
        "think RUN --tolerance NaN     | --tolerance is NaN; 0 or more expected",
        "think RUN --top-k -1          | --top-k is -1; 0 (all) or more expected",
        "think RUN --top-p 1.5         | --top-p is 1.5; 0 to 1 expected",
        "think RUN --min-p -0.5        | --min-p is -0.5; 0 to 1 expected",
        "think RUN --repetition-penalty 0 | --repetition-penalty is 0.0; 0.001 to 1000 (1: none) expected",
        "demo --set thinking.select=softmin | --set thinking.select=softmin: this selects among several"
            + " candidates, and there is only 1; remove it",
        "think --checkpoint best       | --checkpoint needs a run; a bundled model has no",
        "score --text a --checkpoint best | --checkpoint needs a run; a bundled model has no",
        "verify --context a --candidates b --checkpoint best | --checkpoint needs a run; a bundled",
        "verify RUN --context TEXT --candidates TEXT --set thinking.stop=patience | --set"
            + " thinking.stop=patience: no thinking step is taken here, so this has no effect",
        "verify RUN --context TEXT --candidates TEXT --set modality.initial=zeros | --set"
            + " modality.initial=zeros: no thinking step is taken here",
        "think RUN --checkpoint 99     | unknown checkpoint '99'. Known: step-00000002,"
            + " step-00000004",
        "bench                         | Missing required subcommand",
        "bench step --width 7          | model.width 7 is not divisible by model.heads 4",
        "bench step --repeat 0         | --repeat is 0; at least 1 expected",
        "bench step --model adaln      | --model is adaln; none or time_embed expected",
        "bench step --objective s3     | --objective is s3; s1, s2 or unrolled expected",
        "bench step --steps 1,-1       | --steps is -1; at least 0 expected",
        "bench step --vocab 1          | --vocab is 1; at least 2 expected",
        "bench step --backend reference --trace t.json | this backend does not record when its"
            + " operations run; choose another one that does, such as tensorflow",
        "bench step --threads 1 --trace t.json | TensorFlow records no operations where"
            + " backend.interThreads is 1 (--threads 1); set 2 or more",
        "bench step --steps 1,2 --trace t.json | --trace shows steps with one number of thinking"
            + " steps; --steps has [1, 2]",
        "bench step --processes 1 --threads 2 | --processes measures processes of one thread each",
        "bench step --processes 1 --set backend.intraThreads=4 | --processes measures processes of"
            + " one thread each; leave out --set backend.intraThreads=4",
        "bench decode --tokens 0       | --tokens is 0; at least 1 expected",
        "bench decode --model adaln    | --model is adaln; none or time_embed expected",
        "bench decode --ways fast      | --ways has 'fast'; allowed: cached, texts, candidates,",
        "bench decode --length 200     | --length is 200; at least --prompt and --tokens, 256",
        "bench decode --steps 0 --candidates 2 | --steps is 0, the baseline, which has neither",
        "bench step --backend tf       | --backend tf: unknown backend 'tf'",
        "doctor --verbose              | Unknown option: '--verbose'",
      })
  void isToldInOneMessage(String line, String message) {
    String[] words = line.split(" ");
    Arrays.setAll(words, i -> words[i].replace("RUN", run.toString()).replace("TEXT", text));
    assertThat(refusal(words)).startsWith("ebt: " + message.replace("RUN has", run + " has"));
  }

  @Test
  void promptMayBeAnyText() throws IOException {
    Path home = Files.writeString(folder.resolve("home"), "--steps\n9\n");
    for (String prompt :
        List.of(
            "@" + home, "@@", "--steps", "--steps=2", "--help", "--", "-", "${user.home}", "")) {
      assertThat(
              fine("think", run.toString(), "--truncate=left", "--count=1", "--prompt=" + prompt)
                  .out())
          .startsWith(prompt);
      if (!prompt.startsWith("--")) {
        assertThat(
                fine("think", run.toString(), "--truncate=left", "--count=1", "--prompt", prompt)
                    .out())
            .startsWith(prompt);
      }
    }
    fine("think", run.toString(), "--count", "1", "--stop=--steps", "--stop", "@" + home);
  }

  @Test
  void emptyPathIsNotTheWorkingDirectory() {
    for (String[] line :
        new String[][] {
          {"think", ""}, {"train", "--out", ""}, {"eval", " "}, {"conformance", ""}
        }) {
      assertThat(refusal(line))
          .contains(": expected a path, but the text is empty; './ebt " + line[0]);
    }
    assertThat(refusal("train", "--out", "a", "--out", "b"))
        .startsWith("ebt: option '--out' (DIR) should be specified only once");
  }

  @Test
  void withoutACommandAllOfThemAreShown() {
    Commands done = Commands.ebt();
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.out()).isEmpty();
    assertThat(done.err())
        .contains("train", "think", "eval", "demo", "./ebt train --data book.txt");
  }

  @Test
  void helpOfACommandIsThatOfItsOption() {
    assertThat(fine("help").out()).isEqualTo(fine("--help").out());
    assertThat(fine("help", "train").out())
        .isEqualTo(fine("train", "--help").out())
        .contains("Recipes:");
    assertThat(fine("help", "think").out()).isEqualTo(fine("think", "--help").out());
  }

  /** It is looked at before the command line is parsed. */
  @Test
  void pluginsMustBePaths() {
    assertThat(refusal("think", "--plugins", "a\0b"))
        .contains("--plugins")
        .contains("is not a path: Nul character not allowed");
  }

  @Test
  void stackTraceIsShownWhereItIsAskedFor() {
    Commands done = Commands.ebt("think", "--stacktrace", folder.resolve("no").toString());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err()).contains("UserException", "\tat dev.ebt.").contains("\nebt: ");
  }
}
