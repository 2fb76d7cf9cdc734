package dev.ebt.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForwardingPredictorTest {
  private static final class First extends ForwardingPredictor {
    First(Predictor predictor) {
      super(predictor);
    }
  }

  private static final class Second extends ForwardingPredictor {
    Second(Predictor predictor) {
      super(predictor);
    }
  }

  /** A method left at its default would answer for another predictor than the wrapped one. */
  @Test
  void leavesNoMethodAtItsDefault() {
    List<String> own =
        Stream.of(ForwardingPredictor.class.getDeclaredMethods()).map(this::of).toList();
    assertThat(own)
        .containsAll(
            Stream.of(Predictor.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(this::of)
                .toList());
  }

  private String of(Method method) {
    return method.getName() + List.of(method.getParameterTypes());
  }

  @Test
  void takesFromThePredictorBehindAnotherOfItsClass() {
    Predictor target = mock(Predictor.class);
    Predictor source = mock(Predictor.class);
    Predictor other = new Second(source);
    int[] rows = {0};

    new First(target).takeObservations(new First(source), rows, rows);
    new First(target).takePredictions(other, rows, rows);

    verify(target).takeObservations(source, rows, rows);
    verify(target).takePredictions(other, rows, rows);
  }
}
