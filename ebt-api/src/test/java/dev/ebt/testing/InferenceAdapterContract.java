package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import dev.ebt.error.UserException;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of inference adapters: requests are answered one unit of work at a time, each
 * with the result that it has alone, whatever joins and leaves beside it. The test of an adapter
 * extends this class and inherits all tests.
 *
 * @param <I> the input
 * @param <O> the output
 */
public abstract class InferenceAdapterContract<I, O> {
  private static final int TOGETHER = 4;
  private static final double ROUNDING = 1e-6;

  /** More units of work than any request of these tests needs. */
  private static final int MOST_UNITS = 1000;

  /** Returns the adapter. */
  protected abstract InferenceAdapter<I, O> adapter();

  /** Returns a model that the adapter is for. */
  protected abstract TrainedModel model();

  /** Returns at least three inputs with different answers. */
  protected abstract List<I> inputs();

  /** Returns options of at least 3 steps, whose answers need more than one unit of work. */
  protected Thinking thinking() {
    return Thinking.steps(3);
  }

  /** Returns an answer in a form that has equality. */
  protected Object comparable(O answer) {
    return answer;
  }

  private TypedThought<Object> alone(I input, Thinking thinking) {
    try (InferenceSession<I, O> session = adapter().open(model(), 1)) {
      return finished(session, session.add(input, thinking, prediction -> {}));
    }
  }

  /** Advances a session until a request is done. */
  private TypedThought<Object> finished(
      InferenceSession<I, O> session, InferenceSession.Request<O> request) {
    for (int i = 0; i < MOST_UNITS && !request.done(); i++) {
      session.advance();
    }
    assertThat(request.done()).isTrue();
    return comparable(request.thought());
  }

  private TypedThought<Object> comparable(TypedThought<O> thought) {
    return new TypedThought<>(
        comparable(thought.answer()), thought.text(), thought.predictions(), thought.finish());
  }

  /** Asserts that two thoughts are the same up to rounding, which may depend on a batch's size. */
  public static void assertSame(Object actual, Object expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) < ROUNDING, Double.class)
        .withEqualsForType(
            (a, b) -> Math.abs(a.orElse(0) - b.orElse(0)) < ROUNDING, OptionalDouble.class)
        .isEqualTo(expected);
  }

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(adapter().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(adapter().summary()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(adapter().subject()).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itIsForItsModalityOnly() {
    assertThat(adapter().supports(model().modality())).isTrue();
    assertThat(adapter().supports(new PointModality(Shape.scalar(), 1))).isFalse();
  }

  @Test
  final void itsInputsAreOfItsClass() {
    assertThat(inputs()).hasSizeGreaterThanOrEqualTo(3).allMatch(adapter().input()::isInstance);
  }

  @Test
  final void noAnswersAtAllAreNotRanked() {
    Throwable thrown =
        catchThrowable(
            () ->
                assertThat(adapter().given(model().modality(), inputs().get(0), List.of()))
                    .isEmpty());

    if (thrown != null) { // Otherwise the adapter ranks no answers.
      assertThat(thrown).isInstanceOf(UserException.class);
    }
  }

  @Test
  final void aThoughtHasThePredictionsThatWereReceived() {
    List<Prediction> received = new ArrayList<>();
    try (InferenceSession<I, O> session = adapter().open(model(), TOGETHER)) {
      InferenceSession.Request<O> request = session.add(inputs().get(0), thinking(), received::add);
      assertThat(request.done()).isFalse();
      assertThat(request.soFar()).isEmpty();
      finished(session, request);
      TypedThought<O> thought = request.thought();

      assertThat(adapter().output().isInstance(thought.answer())).isTrue();
      assertThat(thought.predictions()).isNotEmpty().isEqualTo(received);
      assertThat(thought.finish()).isNotEqualTo(FinishReason.UNFINISHED);
      assertThat(thought.evaluations()).isPositive();
      if (model().parts().thinks()) {
        assertThat(thought.energies()).allMatch(energies -> energies.size() >= 2);
      }
    }
  }

  @Test
  final void equalRequestsHaveEqualAnswers() {
    assertThat(alone(inputs().get(0), thinking().seed(7)))
        .isEqualTo(alone(inputs().get(0), thinking().seed(7)));
  }

  @Test
  final void requestsTogetherHaveTheAnswersThatTheyHaveAlone() {
    try (InferenceSession<I, O> session = adapter().open(model(), TOGETHER)) {
      List<InferenceSession.Request<O>> requests = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        requests.add(session.add(inputs().get(i), thinking().seed(i), prediction -> {}));
      }
      session.advance();
      requests.add(session.add(inputs().get(0), thinking().seed(9), prediction -> {}));
      List<TypedThought<Object>> together =
          requests.stream().map(request -> finished(session, request)).toList();

      for (int i = 0; i < 4; i++) {
        Thinking same = thinking().seed(i == 3 ? 9 : i);
        assertSame(together.get(i), alone(inputs().get(i % 3), same));
      }
    }
  }

  /** Some settle before others, which neither answers nor evaluations may depend on. */
  @Test
  final void requestsThatSettleSoonerHaveTheAnswersThatTheyHaveAlone() {
    List<Thinking> options = new ArrayList<>();
    double tolerance = dividingTolerance();
    for (int i = 0; i < 3; i++) {
      options.add(thinking().tolerance(tolerance).seed(i));
    }
    List<TypedThought<Object>> alone =
        IntStream.range(0, 3).mapToObj(i -> alone(inputs().get(i), options.get(i))).toList();
    assertThat(alone.stream().map(InferenceAdapterContract::firstEvaluations).distinct())
        .as("evaluations of the first prediction, of an adapter whose options have 3 steps")
        .hasSizeGreaterThan(1);
    try (InferenceSession<I, O> session = adapter().open(model(), TOGETHER)) {
      List<InferenceSession.Request<O>> requests =
          IntStream.range(0, 3)
              .mapToObj(i -> session.add(inputs().get(i), options.get(i), prediction -> {}))
              .toList();
      for (int i = 0; i < 3; i++) {
        assertSame(finished(session, requests.get(i)), alone.get(i));
      }
    }
  }

  @Test
  final void aRequestRemovedAfterTheOthersHaveSettledLeavesTheirAnswers() {
    Thinking options = thinking().tolerance(dividingTolerance());
    List<Integer> evaluations =
        IntStream.range(0, 3)
            .mapToObj(i -> firstEvaluations(alone(inputs().get(i), options.seed(i))))
            .toList();
    int soonest = evaluations.indexOf(Collections.min(evaluations));
    int latest = evaluations.indexOf(Collections.max(evaluations));
    try (InferenceSession<I, O> session = adapter().open(model(), TOGETHER)) {
      InferenceSession.Request<O> settled =
          session.add(inputs().get(soonest), options.seed(soonest), prediction -> {});
      InferenceSession.Request<O> removed =
          session.add(inputs().get(latest), options.seed(latest), prediction -> {});
      for (int i = 0; i < evaluations.get(soonest) && !settled.done(); i++) {
        session.advance();
      }
      session.remove(removed);

      assertSame(finished(session, settled), alone(inputs().get(soonest), options.seed(soonest)));
    }
  }

  private static int firstEvaluations(TypedThought<?> thought) {
    return thought.predictions().get(0).evaluations();
  }

  /** Returns a change of energy that is between those of the first steps of different inputs. */
  private double dividingTolerance() {
    assumeThat(model().parts().thinks()).isTrue();
    List<Double> changes =
        IntStream.range(0, 3)
            .mapToObj(i -> alone(inputs().get(i), thinking().seed(i)).energies().get(0))
            .map(energies -> Math.abs(energies.get(1) - energies.get(0)))
            .sorted()
            .toList();
    double tolerance = (changes.get(0) + changes.get(2)) / 2;
    assumeThatCode(() -> model().parts().checkTolerance("tolerance", tolerance))
        .doesNotThrowAnyException();
    return tolerance;
  }

  @Test
  final void aRemovedRequestLeavesTheOthersAsTheyWere() {
    try (InferenceSession<I, O> session = adapter().open(model(), TOGETHER)) {
      InferenceSession.Request<O> removed =
          session.add(inputs().get(0), thinking(), prediction -> {});
      InferenceSession.Request<O> other =
          session.add(inputs().get(1), thinking(), prediction -> {});
      session.advance();
      Optional<TypedThought<O>> soFar = removed.done() ? Optional.empty() : removed.soFar();
      session.remove(removed);

      assertThat(soFar.stream()).allMatch(thought -> thought.finish() == FinishReason.UNFINISHED);
      assertSame(finished(session, other), alone(inputs().get(1), thinking()));
    }
  }
}
