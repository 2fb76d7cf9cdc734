package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.NodeDef;

class ProgramGraphTest {
  private static final ProductRules PRODUCTS =
      new ProductRules(ProductKernels.OTHER, Precision.FLOAT32);

  /** With two handles of a variable XLA refuses: "Duplicate variable passed to XLA cluster". */
  @Test
  void aProgramHasOneHandleForEachVariable() {
    Variable first = Variable.real("first", Shape.of(2));
    Variable second = Variable.real("second", Shape.of(2));
    Program program =
        Program.named("add")
            .output("sum", first.read().plus(second.read()))
            .update(first, first.read().plus(second.read().square()))
            .update(second, second.read().plus(1))
            .build();

    List<NodeDef> nodes =
        ProgramGraph.of(program, List.of(), false, PRODUCTS).definition().getNodeList();

    assertThat(nodes.stream().filter(node -> node.getOp().equals("VarHandleOp"))).hasSize(2);
    assertThat(nodes.stream().filter(node -> node.getOp().equals("AssignVariableOp"))).hasSize(2);
  }
}
