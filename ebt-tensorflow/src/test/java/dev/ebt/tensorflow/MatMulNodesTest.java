package dev.ebt.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Functions;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Matrix products, which are lowered in different ways for different kernels. */
class MatMulNodesTest {
  private static final TensorFlowSettings CPU =
      TensorFlowSettings.defaults().on(DeviceChoice.CPU).withThreads(1, 1);
  private static final int INNER = 5;

  @ParameterizedTest
  @EnumSource
  void productsOfFewAndOfManyRowsAgreeWithTheReference(ProductKernels kernels) {
    Map<String, Array> inputs = new LinkedHashMap<>();
    Program.Builder products = Program.named("products");
    for (int rows : new int[] {1, 2, 64, 65}) {
      for (int outputs : new int[] {1, 3, 90}) {
        for (Shape batch : List.of(Shape.of(), Shape.of(2, 3))) {
          for (int transposed = 0; transposed < 4; transposed++) {
            boolean left = (transposed & 1) > 0;
            boolean right = (transposed & 2) > 0;
            Tensor a = input(inputs, left ? batch.plus(INNER, rows) : batch.plus(rows, INNER));
            Tensor b =
                input(inputs, right ? batch.plus(outputs, INNER) : batch.plus(INNER, outputs));
            products.output(a.shape() + " " + b.shape(), Functions.matMul(a, left, b, right));
          }
        }
      }
    }
    agrees(kernels, products.build(), inputs);
  }

  /** Returns an input of this shape, which has one value in all products. */
  private static Tensor input(Map<String, Array> inputs, Shape shape) {
    String name = shape.toString();
    inputs.computeIfAbsent(name, n -> Agreement.random(n.hashCode(), -1, 1, shape.toIntArray()));
    return Tensor.input(name, shape, ElementType.REAL);
  }

  private static void agrees(ProductKernels kernels, Program program, Map<String, Array> inputs) {
    NativeStartup.prepare();
    QuietStartup.quietly(SessionOptions.of(CPU));
    try (GraphSession session = new GraphSession(SessionOptions.of(CPU), false, kernels);
        ReferenceBackend reference = new ReferenceBackend();
        Executable exact = reference.compile(program)) {
      CompiledProgram compiled = CompiledProgram.of(program, List.of(), session);
      List<Array> given =
          compiled.inputs().stream().map(input -> inputs.get(input.label())).toList();
      List<Array> found = compiled.call().run(given);
      Map<String, Array> expected = exact.run(inputs);
      for (int i = 0; i < found.size(); i++) {
        Agreement.assertClose(found.get(i), expected.get(compiled.outputs().get(i)), 2e-6);
      }
      assertThat(found).hasSameSizeAs(expected.keySet());
    }
  }

  @Test
  void theCpuHasKernelsOfEigenOrOneDnn() {
    NativeStartup.prepare();
    QuietStartup.quietly(SessionOptions.of(CPU));
    assertThat(ProductKernels.onCpu(SessionOptions.of(CPU)))
        .isIn(ProductKernels.EIGEN, ProductKernels.ONE_DNN);
  }
}
