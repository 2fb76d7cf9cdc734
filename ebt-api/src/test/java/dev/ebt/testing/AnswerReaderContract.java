package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Doubles;
import dev.ebt.error.UserException;
import dev.ebt.interact.AnswerReader;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.GivenAnswers.Answer;
import dev.ebt.interact.Input;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Shape;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract tests of readers of given answers: a context and its answers are read to examples of
 * the modality, whose weights count the predictions of the answers, and inputs that are none are
 * refused by name. The test of a reader extends this class and inherits all tests.
 */
public abstract class AnswerReaderContract {
  @TempDir private Path folder;

  /** Returns the reader. */
  protected abstract AnswerReader reader();

  /** Returns a modality whose models can rank the answers. */
  protected abstract Modality modality();

  /** Returns the content of a context. */
  protected abstract String context();

  /** Returns the content of exactly two different answers to it. */
  protected abstract String answers();

  private GivenAnswers read() {
    return reader()
        .read(modality(), Input.of("context", context()), Input.of("answers", answers()), false);
  }

  private static Batch all(Examples examples) {
    return examples.batch(IntStream.range(0, examples.size()).toArray());
  }

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(reader().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(reader().summary()).isNotBlank().doesNotContain("\n");
    assertThat(reader().subject()).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itIsForSomeModalitiesOnly() {
    assertThat(reader().supports(modality())).isTrue();
    assertThat(reader().supports(new PointModality(Shape.scalar(), 1))).isFalse();
  }

  @Test
  final void answersAreReadInTheirOrder() {
    GivenAnswers given = read();

    assertThat(given.answers()).hasSize(2).extracting(Answer::text).doesNotHaveDuplicates();
    assertThat(given.answers()).extracting(Answer::predictions).allMatch(count -> count >= 1);
    assertThat(given.answers()).extracting(Answer::length).allMatch(length -> length >= 1);
    assertThat(given.predictionUnit()).isNotBlank();
    assertThat(given.lengthUnit()).isNotBlank();
  }

  @Test
  final void examplesAreRowsOfTheModality() {
    Batch batch = all(read().examples());
    int rows = batch.rows();

    for (FeatureSpec feature : modality().context()) {
      assertThat(batch.context()).containsKey(feature.name());
      assertThat(batch.context().get(feature.name()).shape()).isEqualTo(feature.shape(rows));
      assertThat(batch.context().get(feature.name()).type()).isEqualTo(feature.type());
    }
    assertThat(batch.target().shape()).isEqualTo(modality().target().shape(rows));
    assertThat(batch.target().type()).isEqualTo(modality().target().type());
    assertThat(batch.weight().shape())
        .isEqualTo(Shape.of(rows).plus(modality().predictions().toIntArray()));
  }

  @Test
  final void predictionsOfWeightOneAreThoseOfTheAnswers() {
    GivenAnswers given = read();
    double[] weights = all(given.examples()).weight().doubles();

    assertThat(Doubles.asList(weights)).isSubsetOf(0.0, 1.0);
    assertThat(IntStream.range(0, weights.length).filter(i -> weights[i] == 1).count())
        .isEqualTo(given.answers().stream().mapToInt(Answer::predictions).sum());
  }

  @Test
  final void readingTwiceGivesTheSameExamples() {
    Batch one = all(read().examples());
    Batch other = all(read().examples());

    assertThat(one.target().doubles()).isEqualTo(other.target().doubles());
    one.context()
        .forEach(
            (name, array) ->
                assertThat(other.context().get(name).doubles()).isEqualTo(array.doubles()));
  }

  @Test
  final void inputsThatAreMissingOrEmptyAreRefusedByName() {
    Input missing = Input.of(folder.resolve("missing"));
    Input context = Input.of("context", context());

    assertThatThrownBy(() -> reader().read(modality(), context, missing, false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(missing.name());
    assertThatThrownBy(
            () -> reader().read(modality(), missing, Input.of("answers", answers()), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(missing.name());
    assertThatThrownBy(() -> reader().read(modality(), context, Input.of("the answers", ""), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the answers");
  }
}
