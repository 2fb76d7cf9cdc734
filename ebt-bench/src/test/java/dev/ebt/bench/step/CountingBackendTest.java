package dev.ebt.bench.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.OperationCount;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountingBackendTest {
  private static final Variable V = Variable.real("v", Shape.of(4, 4));
  private static final Program SQUARE =
      Program.named("square").update(V, V.read().dot(V.read())).build();

  @Test
  void countsTheRunsOfAllExecutablesDuringAnAction() {
    try (ReferenceBackend reference = new ReferenceBackend()) {
      CountingBackend backend = new CountingBackend(reference);
      backend.assign(V, Array.filled(V.shape(), 1));
      Executable compiled = backend.compile(SQUARE);
      Variable other = Variable.real("w", V.shape());
      backend.assign(other, Array.filled(V.shape(), 1));
      Executable bound = backend.template(SQUARE, List.of(V)).bind(Map.of(V, other));
      compiled.run(Map.of());
      OperationCount count =
          backend.count(
              () -> {
                compiled.run(Map.of());
                bound.run(Map.of());
              });
      assertThat(count.total()).isEqualTo(2 * 2 * 4 * 4 * 4);
      assertThat(backend.count(() -> {}).total()).isZero();
    }
  }

  @Test
  void productsAreThoseOfTheStepByThemselves() {
    try (ReferenceBackend reference = new ReferenceBackend()) {
      OperationCount step = OperationCount.NONE;
      for (int i = 0; i < 34; i++) { // Two runs of 17 would be more at once than are allowed.
        step = step.plus(OperationCount.of(SQUARE));
      }
      CountingBackend backend = new CountingBackend(reference);
      try (MatrixProducts products = new MatrixProducts(backend, step)) {
        OperationCount alone = backend.count(products::time);
        assertThat(alone.products()).isEqualTo(step.products());
        assertThat(alone.pointwise()).isZero();
      }
    }
  }
}
