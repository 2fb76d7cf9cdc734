package dev.ebt.backend.reference;

import dev.ebt.tensor.Program;
import dev.ebt.tensor.Sources;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program with the values of its constants and the last use of each value.
 *
 * @param unusedAfter for each node in order, the tensors that no later node uses and that are not
 *     results
 */
record CompiledProgram(
    Program program, Map<Tensor, Value> constants, List<List<Tensor>> unusedAfter) {
  CompiledProgram(Program program) {
    this(program, constants(program), unusedAfter(program));
  }

  private static Map<Tensor, Value> constants(Program program) {
    Map<Tensor, Value> constants = new IdentityHashMap<>();
    for (Tensor node : program.nodes()) {
      if (node.op() instanceof Sources.Constant constant) {
        constants.put(node, Value.of(constant.value()));
      }
    }
    return constants;
  }

  private static List<List<Tensor>> unusedAfter(Program program) {
    Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.addAll(program.outputs().values());
    needed.addAll(program.updates().values());
    List<List<Tensor>> unused = new ArrayList<>();
    for (int i = program.nodes().size() - 1; i >= 0; i--) {
      unused.add(program.nodes().get(i).inputs().stream().filter(needed::add).toList());
    }
    Collections.reverse(unused);
    return unused;
  }
}
