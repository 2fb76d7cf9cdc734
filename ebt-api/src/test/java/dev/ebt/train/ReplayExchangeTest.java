package dev.ebt.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.testing.ThreadProcesses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayExchangeTest {
  private static Map<String, Supplier<Array>> arrays() {
    Map<String, Supplier<Array>> arrays = new LinkedHashMap<>();
    arrays.put("floats", () -> Array.of(Shape.of(3), -0f, Float.NaN, 1e-40f));
    arrays.put("none", () -> Array.of(Shape.of(0, 2), new float[0]));
    arrays.put("doubles", () -> Array.of(Shape.of(2), 0.1, -1e300));
    arrays.put("scalar", () -> Array.scalar(Long.MIN_VALUE));
    long[] many = LongStream.range(0, 200_000).toArray();
    arrays.put("more than a piece", () -> Array.of(Shape.of(2, 100_000), many));
    // With more names than a piece has room for.
    IntStream.range(0, 500).forEach(i -> arrays.put("row " + i, () -> Array.scalar(i + 0.5)));
    arrays.put("no reals at the end", () -> Array.of(Shape.of(0), new float[0]));
    arrays.put("no whole numbers at the end", () -> Array.of(Shape.of(2, 0), new long[0]));
    return arrays;
  }

  private static Map<String, Array> values(Map<String, Supplier<Array>> arrays) {
    Map<String, Array> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.get()));
    return values;
  }

  @Test
  void allProcessesReceiveTheBitsOfTheSender() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      List<ThreadProcesses> processes = ThreadProcesses.of(List.of(backend, backend, backend));
      List<CompletableFuture<Map<String, Array>>> received =
          processes.stream()
              .map(
                  process ->
                      CompletableFuture.supplyAsync(
                          () ->
                              values(
                                  new ReplayExchange(process)
                                      .send(1, process.rank() == 1 ? arrays() : Map.of())),
                          work -> new Thread(work).start()))
              .toList();
      received.forEach(each -> assertThat(each.join()).isEqualTo(values(arrays())));
      received.forEach(
          each -> assertThat(each.join().keySet()).containsExactlyElementsOf(arrays().keySet()));
    }
  }
}
