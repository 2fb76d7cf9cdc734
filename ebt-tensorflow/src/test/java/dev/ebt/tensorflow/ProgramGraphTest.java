package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensor.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  @Test
  void operationsOnLargeTensorsWaitForThoseFarBeforeThem() {
    List<NodeDef> nodes = chain(Shape.of(1 << 20));
    List<NodeDef> delayed =
        nodes.stream()
            .filter(node -> node.getInputList().stream().anyMatch(input -> input.startsWith("^")))
            .filter(node -> node.getOp().equals("Sin") || node.getOp().equals("Cos"))
            .toList();
    assertThat(delayed).isNotEmpty().hasSizeLessThan(40);
    Set<String> seen = new HashSet<>();
    for (NodeDef node : nodes) {
      assertThat(seen)
          .as("nodes before %s", node.getName())
          .containsAll(
              node.getInputList().stream().map(input -> input.replaceAll("^\\^|:.*", "")).toList());
      seen.add(node.getName());
    }
  }

  /** TensorFlow writes over an operand only if nothing else holds it any more. */
  @Test
  void anOperationOnElementsWaitsForOthersThatReadItsOperand() {
    Tensor sine = Functions.sine(Tensor.input("x", Shape.of(1 << 24), ElementType.REAL));
    Program program =
        Program.named("overwritten")
            .output("sum", sine.sum())
            .output("exponential", Functions.exp(sine))
            .build();

    List<NodeDef> nodes =
        ProgramGraph.of(program, List.of(), false, PRODUCTS).definition().getNodeList();

    Map<String, NodeDef> byName =
        nodes.stream().collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    NodeDef exponential =
        nodes.stream().filter(node -> node.getOp().equals("Exp")).findFirst().orElseThrow();
    assertThat(before(exponential, byName)).extracting(NodeDef::getOp).contains("Sum");
  }

  /** Returns the nodes that a node waits for. */
  private static Set<NodeDef> before(NodeDef node, Map<String, NodeDef> byName) {
    Set<NodeDef> before = new HashSet<>();
    for (String input : node.getInputList()) {
      NodeDef other = byName.get(input.replaceAll("^\\^|:.*", ""));
      if (before.add(other)) {
        before.addAll(before(other, byName));
      }
    }
    return before;
  }

  @Test
  void smallProgramsAreNotHeldUp() {
    assertThat(chain(Shape.of(1 << 10)))
        .filteredOn(node -> node.getOp().equals("NoOp"))
        .extracting(NodeDef::getName)
        .containsExactlyInAnyOrder("read", "done");
  }

  /** Twenty sines, each of the one before, and their cosines, which are results. */
  private static List<NodeDef> chain(Shape shape) {
    Tensor x = Tensor.input("x", shape, ElementType.REAL);
    Program.Builder program = Program.named("chain");
    for (int i = 0; i < 20; i++) {
      x = Functions.sine(x);
      program.output("cosine" + i, Functions.cosine(x));
    }
    return ProgramGraph.of(program.build(), List.of(), false, PRODUCTS).definition().getNodeList();
  }

  @Test
  void theDerivativeOfACrossEntropyHasNoTensorOfTargets() {
    Tensor logits = Tensor.input("logits", Shape.of(2, 3, 5), ElementType.REAL);
    Tensor targets = Tensor.input("targets", Shape.of(2, 3), ElementType.INTEGER);
    Tensor z = logits.minus(Functions.stopGradient(logits.maxKeeping(-1)));
    Tensor loss = Functions.log(Functions.exp(z).sum(-1)).minus(Functions.elements(z, targets));
    Program program =
        Program.named("loss")
            .output("loss", loss)
            .output("gradient", Gradients.of(loss, logits))
            .build();

    List<NodeDef> nodes =
        ProgramGraph.of(program, List.of(), false, PRODUCTS).definition().getNodeList();

    assertThat(nodes).extracting(NodeDef::getOp).contains("TensorScatterAdd");
    assertThat(nodes).extracting(NodeDef::getOp).doesNotContain("UnsortedSegmentSum", "OneHot");
    Map<String, Array> at =
        Map.of(
            "logits",
            Agreement.random(1, -3, 3, 2, 3, 5),
            "targets",
            Array.of(Shape.of(2, 3), 0L, 4L, 2L, 2L, 1L, 3L));
    try (TensorFlowBackend backend =
        TensorFlowBackend.open(TensorFlowSettings.defaults().on(DeviceChoice.CPU))) {
      Agreement.check(backend, Gradients.of(loss, logits), at);
    }
  }
}
