package dev.ebt.bench.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.config.Overrides;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.think.Thinker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two threads at one cold model, on TensorFlow. */
class TwoThreadsTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private static TrainedModel open() {
    return Brackets.open(Overrides.none());
  }

  private static Array energy(TrainedModel model) {
    int length = model.modality().candidate().size(0);
    Array tokens = Array.of(Shape.of(1, length), new long[length]);
    try (Thinker thinker = model.thinker(1)) {
      thinker.observe(Map.of("tokens", tokens));
      thinker.begin(1);
      thinker.step();
      return thinker.energy();
    }
  }

  private List<Future<Array>> together(Callable<Array> work) {
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<Array> both =
        () -> {
          start.await();
          return work.call();
        };
    List<Future<Array>> results = List.of(threads.submit(both), threads.submit(both));
    threads.shutdown();
    return results;
  }

  @Test
  void withoutALockEachIsRightOrRefusedByNameAndTheModelStaysUsable() throws Exception {
    Array expected;
    try (TrainedModel alone = open()) {
      expected = energy(alone);
    }
    try (TrainedModel cold = open()) {
      for (Future<Array> result : together(() -> energy(cold))) {
        try {
          assertThat(result.get()).isEqualTo(expected);
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isExactlyInstanceOf(IllegalStateException.class)
              .hasMessageMatching(
                  "(TrainedModel|TensorFlowBackend) is not thread-safe: thread 'pool-.*' called it"
                      + " while thread 'pool-.*' was using it\\. Open one TrainedModel .*");
        }
      }
      assertThat(energy(cold)).isEqualTo(expected);
    }
  }

  @Test
  void underOneLockBothAreRight() throws Exception {
    try (TrainedModel cold = open()) {
      List<Future<Array>> results =
          together(
              () -> {
                synchronized (cold) {
                  return energy(cold);
                }
              });
      assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
    }
  }
}
