package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.UnboundProgram;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.ShapeException;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests of variables: they persist between runs, are shared by programs, and are updated after all
 * reads.
 */
interface VariableContract extends BackendUnderTest {
  Shape TWO = Shape.of(2);
  Variable A = Variable.real("a", TWO);
  Variable B = Variable.real("b", TWO);

  @Test
  default void variableHasTheValueThatItWasGiven() {
    backend().assign(A, Array.of(TWO, 1.5, -2.0));
    assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 1.5, -2.0));
    backend().assign(A, Array.of(TWO, 4.0f, 8.0f));
    assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 4.0, 8.0));
  }

  @Test
  default void variablesHoldWholeNumbers() {
    Variable count = new Variable("count", Shape.scalar(), ElementType.INTEGER);
    backend().assign(count, Array.scalar(1L << 40));
    Array one = Array.scalar(1L);
    Program program =
        Program.named("count").update(count, count.read().plus(Tensor.constant(one))).build();
    run(program, Map.of());
    assertThat(backend().read(count)).isEqualTo(Array.scalar((1L << 40) + 1));
  }

  @Test
  default void programsShareVariables() {
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    Program doubling = Program.named("doubling").update(A, A.read().times(2)).build();
    Program reading = Program.named("reading").output("a", A.read().plus(1)).build();
    try (Executable twice = backend().compile(doubling);
        Executable look = backend().compile(reading)) {
      assertThat(look.run(Map.of()).get("a")).isEqualTo(Array.of(TWO, 2.0, 3.0));
      assertThat(twice.run(Map.of())).isEmpty();
      assertThat(look.run(Map.of()).get("a")).isEqualTo(Array.of(TWO, 3.0, 5.0));
      twice.run(Map.of());
    }
    assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 4.0, 8.0));
  }

  @Test
  default void assignedValuesReachCompiledPrograms() {
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    try (Executable look = backend().compile(Program.named("look").output("a", A.read()).build())) {
      look.run(Map.of());
      backend().assign(A, Array.of(TWO, 7.0, 9.0));
      assertThat(look.run(Map.of()).get("a")).isEqualTo(Array.of(TWO, 7.0, 9.0));
    }
  }

  @Test
  default void readsSeeTheValuesFromBeforeTheUpdates() {
    Program program =
        Program.named("swap")
            .output("difference", A.read().minus(B.read()))
            .update(A, B.read())
            .update(B, A.read())
            .build();
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    backend().assign(B, Array.of(TWO, 10.0, 20.0));
    try (Executable swap = backend().compile(program)) {
      assertThat(swap.run(Map.of()).get("difference")).isEqualTo(Array.of(TWO, -9.0, -18.0));
      assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 10.0, 20.0));
      assertThat(backend().read(B)).isEqualTo(Array.of(TWO, 1.0, 2.0));
      assertThat(swap.run(Map.of()).get("difference")).isEqualTo(Array.of(TWO, 9.0, 18.0));
      assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 1.0, 2.0));
    }
  }

  @Test
  default void updateWithoutReadNeedsNoValueBefore() {
    run(Program.named("first").update(A, B.read().times(3)).build(), given(B, 1, 2));
    assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 3.0, 6.0));
  }

  @Test
  default void variableWithoutValueIsNamed() {
    assertThatThrownBy(() -> backend().read(A))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a");
    Variable unset = Variable.real("layers.0.unset", TWO);
    Program program = Program.named("p").output("y", unset.read().times(2)).build();
    assertThatThrownBy(() -> run(program, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layers.0.unset");
  }

  @Test
  default void assignedShapeMustBeTheVariables() {
    assertThatThrownBy(() -> backend().assign(A, Array.of(Shape.of(3), 1.0, 2.0, 3.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("a")
        .hasMessageContaining("[2]")
        .hasMessageContaining("[3]");
  }

  @Test
  default void valuesReadBelongToTheReader() {
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    Array read = backend().read(A);
    read.floats()[0] = 99;
    read.doubles()[0] = 99;
    assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 1.0, 2.0));
  }

  @Test
  default void releasedVariablesHaveNoValueUntilTheyGetOneAgain() {
    Program counting = Program.named("counting").update(A, A.read().plus(1)).build();
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    backend().assign(B, Array.of(TWO, 3.0, 4.0));
    try (Executable count = backend().compile(counting)) {
      count.run(Map.of());
      backend().release(List.of(A));
      assertThatThrownBy(() -> backend().read(A))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a");
      assertThatThrownBy(() -> count.run(Map.of())).isInstanceOf(IllegalStateException.class);
      assertThat(backend().read(B)).isEqualTo(Array.of(TWO, 3.0, 4.0));
      backend().assign(A, Array.of(TWO, 10.0, 20.0));
      count.run(Map.of());
      assertThat(backend().read(A)).isEqualTo(Array.of(TWO, 11.0, 21.0));
    }
  }

  @Test
  default void releasedNamesMayBeOfAnotherShape() {
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    backend().read(A);
    backend().release(List.of(A, B));
    Variable wider = Variable.real("a", Shape.of(3));
    run(Program.named("wide").update(wider, Tensor.filled(wider.shape(), 5)).build(), Map.of());
    assertThat(backend().read(wider)).isEqualTo(Array.filled(wider.shape(), 5));
  }

  @Test
  default void releasingAfterCloseIsNoError() {
    Backend closing = another();
    closing.assign(A, Array.of(TWO, 1.0, 2.0));
    closing.close();
    closing.release(List.of(A));
  }

  @Test
  default void oneTemplateServesSeveralSetsOfVariables() {
    Variable free = Variable.real("free", TWO);
    Variable total = Variable.real("total", TWO);
    Variable c = Variable.real("c", TWO);
    Program program =
        Program.named("add")
            .output("before", free.read())
            .update(free, free.read().plus(A.read()))
            .update(total, free.read().times(2))
            .build();
    UnboundProgram template = backend().template(program, List.of(free, total));
    backend().assign(A, Array.of(TWO, 1.0, 2.0));
    backend().assign(B, Array.of(TWO, 10.0, 20.0));
    backend().assign(c, Array.of(TWO, 100.0, 200.0));
    Variable totalOfB = Variable.real("total of b", TWO);
    Variable totalOfC = Variable.real("total of c", TWO);
    try (Executable onB = template.bind(Map.of(free, B, total, totalOfB));
        Executable onC = template.bind(Map.of(free, c, total, totalOfC))) {
      assertThat(onB.run(Map.of()).get("before")).isEqualTo(Array.of(TWO, 10.0, 20.0));
      assertThat(onC.run(Map.of()).get("before")).isEqualTo(Array.of(TWO, 100.0, 200.0));
      assertThat(onB.run(Map.of()).get("before")).isEqualTo(Array.of(TWO, 11.0, 22.0));
      assertThat(backend().read(B)).isEqualTo(Array.of(TWO, 12.0, 24.0));
      assertThat(backend().read(c)).isEqualTo(Array.of(TWO, 101.0, 202.0));
      assertThat(backend().read(totalOfB)).isEqualTo(Array.of(TWO, 22.0, 44.0));
      assertThat(backend().read(totalOfC)).isEqualTo(Array.of(TWO, 200.0, 400.0));
      backend().release(List.of(B, totalOfB));
      assertThatThrownBy(() -> onB.run(Map.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'b'");
      onB.close();
      assertThatThrownBy(() -> onB.run(Map.of())).hasMessageContaining("closed");
      assertThat(onC.run(Map.of()).get("before")).isEqualTo(Array.of(TWO, 101.0, 202.0));
    }
    assertThatThrownBy(() -> backend().read(free)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void freeVariablesAreBoundToAllOthersOfTheirShape() {
    Program program = Program.named("double").update(A, B.read().times(2)).build();
    UnboundProgram template = backend().template(program, List.of(A, B));
    assertThatThrownBy(() -> template.bind(Map.of(A, Variable.real("c", TWO))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variable 'b' is not bound");
    assertThatThrownBy(
            () ->
                template.bind(
                    Map.of(A, Variable.real("c", TWO), B, Variable.real("d", Shape.of(3)))))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("'b' to 'd'");
  }

  /** Assigns a variable and returns an empty map of inputs. */
  private Map<String, Array> given(Variable variable, double... values) {
    backend().assign(variable, Array.of(variable.shape(), values));
    return Map.of();
  }
}
