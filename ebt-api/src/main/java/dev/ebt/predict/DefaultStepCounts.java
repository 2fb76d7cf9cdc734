package dev.ebt.predict;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The default numbers of steps of a model: thinking steps of a model with an energy, evaluations of
 * the network of a diffusion model, 0 for a model that predicts directly.
 *
 * @param taken the steps of one prediction
 * @param validated the step counts of validation during training, from 0; the last one gives the
 *     validation loss
 * @param trained the step counts at which the trained model is shown
 * @param usual the step counts of an evaluation
 * @param landmarks the step counts worth showing of a long trajectory; empty if every step is
 */
public record DefaultStepCounts(
    int taken,
    List<Integer> validated,
    List<Integer> trained,
    List<Integer> usual,
    List<Integer> landmarks) {

  /** Makes unmodifiable copies of the lists. */
  public DefaultStepCounts {
    validated = List.copyOf(validated);
    trained = List.copyOf(trained);
    usual = List.copyOf(usual);
    landmarks = List.copyOf(landmarks);
  }

  /** Returns the step counts of a model that takes no steps. */
  public static DefaultStepCounts none() {
    return new DefaultStepCounts(0, List.of(0), List.of(0), List.of(0), List.of());
  }

  /** Returns all step counts from 0 to a last one. */
  public static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  /** Returns the step counts up to a last one whose results are worth showing. */
  public List<Integer> shown(int last) {
    return landmarks.isEmpty()
        ? upTo(last)
        : Stream.of(Stream.of(0), landmarks.stream().filter(n -> n < last), Stream.of(last))
            .flatMap(counts -> counts)
            .distinct()
            .toList();
  }
}
