package dev.ebt.tensorflow;

import dev.ebt.error.Required;
import dev.ebt.tensor.BinaryFunction;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Pointwise;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fusion of chains of additions, a + b + c + …, of one shape whose partial sums have no other
 * use. In pairs they would be read and written once per addition; fused, each operand is read once
 * and the sum is written once. Derivatives have many of them: every use of a tensor adds to its
 * gradient.
 */
final class AddNFusion {
  private final Map<Tensor, Integer> uses = new IdentityHashMap<>();
  private final Map<Tensor, Boolean> absorbed = new IdentityHashMap<>();

  AddNFusion(Program program) {
    program.outputs().values().forEach(this::use);
    program.updates().values().forEach(this::use);
    program.nodes().forEach(node -> node.inputs().forEach(this::use));
    for (Tensor node : program.nodes()) {
      if (isAddition(node)) {
        node.inputs().stream()
            .filter(input -> isAddition(input) && Required.of(uses, input) == 1)
            .filter(input -> input.shape().equals(node.shape()))
            .forEach(input -> absorbed.put(input, true));
      }
    }
  }

  /** Returns whether a tensor is a partial sum, which is not computed on its own. */
  boolean isAbsorbed(Tensor tensor) {
    return absorbed.containsKey(tensor);
  }

  /** Returns whether a tensor is the end of a chain of at least two additions. */
  boolean isRoot(Tensor tensor) {
    return isAddition(tensor)
        && !isAbsorbed(tensor)
        && tensor.inputs().stream().anyMatch(this::isAbsorbed);
  }

  /** Returns the operands of the chain that ends here, in order. */
  List<Tensor> operands(Tensor root) {
    List<Tensor> operands = new ArrayList<>();
    collect(root, operands);
    return operands;
  }

  private void collect(Tensor sum, List<Tensor> operands) {
    for (Tensor input : sum.inputs()) {
      if (isAbsorbed(input)) {
        collect(input, operands);
      } else {
        operands.add(input);
      }
    }
  }

  private void use(Tensor tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  private static boolean isAddition(Tensor tensor) {
    return tensor.op() instanceof Pointwise.Binary binary
        && binary.function() == BinaryFunction.ADD
        && tensor.type() == ElementType.REAL;
  }
}
