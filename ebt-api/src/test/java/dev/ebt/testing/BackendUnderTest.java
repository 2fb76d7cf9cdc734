package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The common base of the parts of {@link BackendContract}. */
interface BackendUnderTest {
  /** Returns the backend under test, opened anew for each test. */
  Backend backend();

  /** Opens a second backend, which the caller closes. */
  Backend another();

  /**
   * Returns the largest allowed error, relative to the largest number of an array (but at least to
   * 1).
   */
  double tolerance();

  /** Computes the value of a tensor without inputs. */
  default Array value(Tensor tensor) {
    return run(Program.named("value").output("y", tensor).build(), Map.of()).get("y");
  }

  /**
   * Computes the value of a function of arrays, which are passed as inputs to prevent constant
   * folding.
   */
  default Array value(Function<List<Tensor>, Tensor> function, Array... arguments) {
    List<Tensor> xs =
        IntStream.range(0, arguments.length)
            .mapToObj(i -> Tensor.input("x" + i, arguments[i].shape(), arguments[i].type()))
            .toList();
    Map<String, Array> inputs = new LinkedHashMap<>();
    IntStream.range(0, arguments.length).forEach(i -> inputs.put("x" + i, arguments[i]));
    return run(Program.named("value").output("y", function.apply(xs)).build(), inputs).get("y");
  }

  /** Compiles and runs a program, then closes the executable. */
  default Map<String, Array> run(Program program, Map<String, Array> inputs) {
    try (Executable executable = backend().compile(program)) {
      return executable.run(inputs);
    }
  }

  /** Asserts equal shape and type, and equal numbers within the tolerance. */
  default void assertClose(String what, Array found, Array expected) {
    assertThat(found.shape()).as(what).isEqualTo(expected.shape());
    assertThat(found.type()).as(what).isEqualTo(expected.type());
    if (expected.type() == ElementType.INTEGER) {
      assertThat(found.longs()).as(what).containsExactly(expected.longs());
      return;
    }
    double largest = 1;
    for (double value : expected.doubles()) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    assertThat(found.doubles())
        .as(what)
        .containsExactly(expected.doubles(), within(tolerance() * largest));
  }

  /** Returns a vector of real numbers. */
  static Array reals(double... values) {
    return Array.of(Shape.of(values.length), values);
  }

  /** Returns a vector of whole numbers. */
  static Array wholes(long... values) {
    return Array.of(Shape.of(values.length), values);
  }

  /** Asserts that an array is a vector of these real numbers. */
  default void assertReals(Array found, double... expected) {
    assertClose("values", found, reals(expected));
  }

  /** Asserts that an array is a vector of these whole numbers. */
  default void assertWholes(Array found, long... expected) {
    assertClose("values", found, wholes(expected));
  }
}
