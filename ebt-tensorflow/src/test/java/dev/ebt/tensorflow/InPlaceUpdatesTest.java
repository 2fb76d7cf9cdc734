package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates in the buffer of a variable, which must reach nothing else. */
class InPlaceUpdatesTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private final TensorFlowBackend backend =
      TensorFlowBackend.open(new TensorFlowSettings(DeviceChoice.CPU, 1, 1, null, null, null));
  private final Variable first = Variable.real("first", SHAPE);
  private final Variable second = Variable.real("second", SHAPE);
  private final Program clear =
      Program.named("clear")
          .update(first, Tensor.zeros(SHAPE))
          .update(second, Tensor.zeros(SHAPE))
          .build();
  private final Tensor row = Tensor.input("row", Shape.of(1), ElementType.INTEGER);
  private final Tensor updated =
      Functions.scatterUpdate(first.read(), row, Tensor.filled(Shape.of(1, 3), 7));

  @AfterEach
  void close() {
    backend.close();
  }

  private Map<String, Array> run(Program program) {
    Executable executable =
        backend
            .template(program, List.of(first, second))
            .bind(Map.of(first, first, second, second));
    return executable.run(Map.of("row", Array.of(Shape.of(1), 1L)));
  }

  private double[] value(Variable variable) {
    return backend.read(variable).doubles();
  }

  @Test
  void updateReachesNeitherTheConstantNorAnotherVariableWithIt() {
    Program update = Program.named("update").update(first, updated).build();
    assertThat(new InPlaceUpdates(update, List.of(first)).isInPlace(update.updates().get(first)))
        .isTrue();
    run(clear);
    run(update);
    assertThat(value(first)).containsExactly(0, 0, 0, 7, 7, 7);
    assertThat(value(second)).containsOnly(0);
    run(clear);
    assertThat(value(first)).containsOnly(0);
  }

  @Test
  void updateDoesNotReachACopyOfTheVariable() {
    run(clear);
    run(Program.named("copy").update(second, first.read()).build());
    run(Program.named("update").update(first, updated).build());
    assertThat(value(first)).containsExactly(0, 0, 0, 7, 7, 7);
    assertThat(value(second)).containsOnly(0);
  }

  @Test
  void oldValueThatIsUsedOtherwiseStays() {
    run(clear);
    Program program =
        Program.named("both").output("before", first.read()).update(first, updated).build();
    assertThat(run(program).get("before").doubles()).containsOnly(0);
    assertThat(run(program).get("before").doubles()).containsExactly(0, 0, 0, 7, 7, 7);
  }

  @Test
  void newValueIsThatOfTheUpdateForAllOtherUses() {
    run(clear);
    Program program =
        Program.named("sum").output("sum", updated.sum()).update(first, updated).build();
    assertThat(run(program).get("sum").item()).isEqualTo(21);
    assertThat(value(first)).containsExactly(0, 0, 0, 7, 7, 7);
  }
}
