package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.backend.ExecutionTrace;
import dev.ebt.error.UserException;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of inputs and outputs of runs, and of use after closing. */
interface RunContract extends BackendUnderTest {
  /** Returns the program y = x · 2 and row = table[i]. */
  private static Program program() {
    Tensor x = Tensor.input("x", Shape.of(2), ElementType.REAL);
    Tensor index = Tensor.input("index", Shape.scalar(), ElementType.INTEGER);
    return Program.named("small")
        .output("y", x.times(2))
        .output("row", Functions.gather(x, index))
        .output("index", index)
        .build();
  }

  private static Map<String, Array> inputs() {
    return new HashMap<>(Map.of("x", Array.of(Shape.of(2), 1.0, 2.0), "index", Array.scalar(1L)));
  }

  @Test
  default void runReturnsAllOutputsByName() {
    try (Executable executable = backend().compile(program())) {
      Map<String, Array> outputs = executable.run(inputs());
      assertThat(outputs).containsOnlyKeys("y", "row", "index");
      assertThat(outputs.get("y")).isEqualTo(Array.of(Shape.of(2), 2.0, 4.0));
      assertThat(outputs.get("row")).isEqualTo(Array.scalar(2.0));
      assertThat(outputs.get("index")).isEqualTo(Array.scalar(1L));
      assertThat(executable.operations()).isPositive();
    }
  }

  @Test
  default void traceListsOperationsOrIsRefused() {
    try (Executable executable = backend().compile(program())) {
      List<Array> doubled = new ArrayList<>();
      ExecutionTrace trace;
      try {
        trace = backend().trace(() -> doubled.add(executable.run(inputs()).get("y")));
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("does not record");
        assertThat(doubled).isEmpty();
        return;
      }
      assertThat(doubled).containsExactly(Array.of(Shape.of(2), 2.0, 4.0));
      assertThat(trace.events())
          .anySatisfy(event -> assertThat(event.program()).isEqualTo("small"));
      assertThat(backend().trace(() -> {}).events()).isEmpty();
    }
  }

  @Test
  default void inputsAreReadAnewAtEachRun() {
    try (Executable executable = backend().compile(program())) {
      executable.run(inputs());
      Map<String, Array> inputs = inputs();
      inputs.put("x", Array.of(Shape.of(2), 5.0f, 6.0f));
      assertThat(executable.run(inputs).get("y")).isEqualTo(Array.of(Shape.of(2), 10.0, 12.0));
    }
  }

  @Test
  default void inputsThatTheProgramHasNotAreIgnored() {
    Map<String, Array> inputs = inputs();
    inputs.put("other", Array.scalar(1.0));
    assertThat(run(program(), inputs)).containsKey("y");
  }

  @Test
  default void oneTensorMayBeSeveralOutputs() {
    Tensor x = Tensor.input("x", Shape.scalar(), ElementType.REAL);
    Program program =
        Program.named("p").output("a", x).output("b", x).output("c", x.times(1)).build();
    assertThat(run(program, Map.of("x", Array.scalar(3.0))))
        .containsEntry("a", Array.scalar(3.0))
        .containsEntry("b", Array.scalar(3.0))
        .containsEntry("c", Array.scalar(3.0));
  }

  @Test
  default void outputsBelongToTheCaller() {
    Variable variable = Variable.real("v", Shape.of(2));
    Array given = Array.of(Shape.of(2), 1.0, 2.0);
    backend().assign(variable, given);
    Tensor x = Tensor.input("x", Shape.of(2), ElementType.REAL);
    Tensor fixed = Tensor.constant(Array.of(Shape.of(2), 3.0, 4.0));
    Program program =
        Program.named("p").output("x", x).output("v", variable.read()).output("c", fixed).build();
    try (Executable executable = backend().compile(program)) {
      Map<String, Array> first = executable.run(Map.of("x", given));
      for (Array output : first.values()) {
        output.doubles()[0] = 99;
        output.floats()[0] = 99;
      }
      Map<String, Array> second = executable.run(Map.of("x", Array.of(Shape.of(2), 1.0, 2.0)));
      assertThat(second.get("v")).isEqualTo(Array.of(Shape.of(2), 1.0, 2.0));
      assertThat(second.get("c")).isEqualTo(Array.of(Shape.of(2), 3.0, 4.0));
      assertThat(given).isEqualTo(Array.of(Shape.of(2), 1.0, 2.0));
    }
  }

  @Test
  default void wrongInputsAreNamed() {
    try (Executable executable = backend().compile(program())) {
      Map<String, Array> missing = inputs();
      missing.remove("index");
      assertThatThrownBy(() -> executable.run(missing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("index");
      Map<String, Array> misshapen = inputs();
      misshapen.put("x", Array.of(Shape.of(3), 1.0, 2.0, 3.0));
      assertThatThrownBy(() -> executable.run(misshapen))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("x")
          .hasMessageContaining("[2]")
          .hasMessageContaining("[3]");
      Map<String, Array> mistyped = inputs();
      mistyped.put("index", Array.scalar(1.0));
      assertThatThrownBy(() -> executable.run(mistyped))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("index");
      assertThat(executable.run(inputs())).as("usable after errors").containsKey("y");
    }
  }

  @Test
  default void descriptionSaysSomething() {
    assertThat(backend().description()).containsKeys("device", "precision");
  }

  @Test
  default void closedExecutablesDoNotRun() {
    Executable executable = backend().compile(program());
    executable.close();
    executable.close();
    assertThatThrownBy(() -> executable.run(inputs())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void closingTheBackendClosesItsExecutables() {
    Variable variable = Variable.real("v", Shape.of(1));
    Backend closing = another();
    Executable executable = closing.compile(program());
    closing.assign(variable, Array.of(Shape.of(1), 1.0));
    closing.close();
    closing.close();
    executable.close();
    assertThatThrownBy(() -> executable.run(inputs())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closing.read(variable)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closing.compile(program())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void backendsDoNotShareVariables() {
    Variable variable = Variable.real("v", Shape.of(1));
    backend().assign(variable, Array.of(Shape.of(1), 1.0));
    try (Backend other = another()) {
      other.assign(variable, Array.of(Shape.of(1), 2.0));
      assertThat(backend().read(variable)).isEqualTo(Array.of(Shape.of(1), 1.0));
    }
  }
}
