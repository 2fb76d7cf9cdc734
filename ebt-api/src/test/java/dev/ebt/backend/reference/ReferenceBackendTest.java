package dev.ebt.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.BackendContract;
import java.util.Map;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest extends BackendContract {
  @Override
  protected Backend open() {
    return new ReferenceBackend();
  }

  @Override
  public double tolerance() {
    return 1e-13;
  }

  @Test
  void erfIsExactToRounding() {
    for (double x = -7; x <= 7; x += 0.03125) {
      assertThat(Elementwise.erf(x)).isEqualTo(Erf.erf(x), within(1e-14));
    }
  }

  @Test
  void traceIsRefusedWithABackendThatHasOne() {
    assertThatThrownBy(() -> backend().trace(() -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("choose another one that does, such as tensorflow");
  }

  @Test
  void indexOutsideOfTheTableIsReported() {
    Program program =
        Program.named("p")
            .output("y", Functions.gather(Tensor.zeros(Shape.of(3, 2)), Tensor.range(4)))
            .build();
    assertThatThrownBy(() -> run(program, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gather: index 3 in a table of 3 rows");
  }

  @Test
  void oneNameIsOneVariable() {
    backend().assign(Variable.real("v", Shape.of(1)), Array.of(Shape.of(1), 1.0));
    Variable other = Variable.real("v", Shape.of(2));
    assertThatThrownBy(() -> backend().read(other))
        .isInstanceOf(ShapeException.class)
        .hasMessage("variable 'v': REAL [1] and REAL [2] differ");
  }

  @Test
  void largeMatrixProductsAreTheSameOnSeveralThreads() {
    Array a =
        Array.of(
            Shape.of(3, 40, 30),
            java.util.stream.DoubleStream.iterate(0.1, x -> x * -1.01).limit(3600).toArray());
    Array b = a.reshape(Shape.of(3, 30, 40));
    Array whole = value(xs -> Functions.matMul(xs.get(0), xs.get(1)), a, b);
    Array row = value(xs -> Functions.matMul(xs.get(0).slice(1, 7, 1), xs.get(1)), a, b);
    assertThat(value(xs -> xs.get(0).slice(1, 7, 1), whole)).isEqualTo(row);
  }
}
