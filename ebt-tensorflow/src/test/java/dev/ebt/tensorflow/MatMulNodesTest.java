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
import java.util.stream.IntStream;
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
    agrees(new ProductRules(kernels, Precision.FLOAT32), products.build(), inputs, 2e-6);
    // None of them is large.
    agrees(new ProductRules(kernels, Precision.BFLOAT16), products.build(), inputs, 2e-6);
  }

  @ParameterizedTest
  @EnumSource
  void largeProductsAreRoundedToBfloatOnRequest(ProductKernels kernels) {
    Map<String, Array> inputs = new LinkedHashMap<>();
    Program.Builder products = Program.named("products");
    for (Shape batch : List.of(Shape.of(), Shape.of(2, 1))) {
      for (int transposed = 0; transposed < 4; transposed++) {
        boolean left = (transposed & 1) > 0;
        boolean right = (transposed & 2) > 0;
        Tensor a = input(inputs, left ? batch.plus(1024, 32) : batch.plus(32, 1024));
        Tensor b = input(inputs, right ? batch.plus(40, 1024) : batch.plus(1024, 40));
        products.output(a.shape() + " " + b.shape(), Functions.matMul(a, left, b, right));
      }
    }
    agrees(new ProductRules(kernels, Precision.FLOAT32), products.build(), inputs, 2e-6);
    // 8 significant bits, of the factors and of the result.
    ProductRules rounding = new ProductRules(kernels, Precision.BFLOAT16);
    agrees(rounding, products.build(), inputs, 0x1p-7);
    for (Array rounded : run(rounding, products.build(), inputs)) {
      IntStream bits =
          IntStream.range(0, rounded.floats().length)
              .map(i -> Float.floatToIntBits(rounded.floats()[i]));
      assertThat(bits.allMatch(each -> (each & 0xFFFF) == 0)).isTrue();
    }
  }

  /** Returns an input of this shape, which has one value in all products. */
  private static Tensor input(Map<String, Array> inputs, Shape shape) {
    String name = shape.toString();
    inputs.computeIfAbsent(name, n -> Agreement.random(n.hashCode(), -1, 1, shape.toIntArray()));
    return Tensor.input(name, shape, ElementType.REAL);
  }

  private static void agrees(
      ProductRules rules, Program program, Map<String, Array> inputs, double tolerance) {
    try (ReferenceBackend reference = new ReferenceBackend();
        Executable exact = reference.compile(program)) {
      List<Array> found = run(rules, program, inputs);
      Map<String, Array> expected = exact.run(inputs);
      assertThat(found).hasSameSizeAs(expected.keySet());
      int i = 0;
      for (String output : program.outputs().keySet()) {
        Agreement.assertClose(found.get(i++), expected.get(output), tolerance);
      }
    }
  }

  private static List<Array> run(ProductRules rules, Program program, Map<String, Array> inputs) {
    NativeStartup.prepare();
    QuietStartup.quietly(SessionOptions.of(CPU));
    try (GraphSession session = new GraphSession(SessionOptions.of(CPU), false, rules)) {
      CompiledProgram compiled = CompiledProgram.of(program, List.of(), session);
      return compiled
          .call()
          .run(compiled.inputs().stream().map(input -> inputs.get(input.label())).toList());
    }
  }

  @Test
  void bfloatIsChosenWhereItIsFaster() {
    assertThat(Precision.measured(1.8).bfloat16()).isTrue();
    assertThat(Precision.measured(0.3).bfloat16()).isFalse();
    try (TensorFlowBackend backend = TensorFlowBackend.open(CPU.with(PrecisionChoice.AUTO))) {
      assertThat(backend.description().get("precision"))
          .isIn(Precision.FLOAT32.description(), Precision.BFLOAT16.description());
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
