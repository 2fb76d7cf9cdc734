package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.testing.CompositeCase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private final Tensor x = real("x", 2, 3);

  @Test
  void commonSubexpressionsAreMadeOnce() {
    Tensor one = Functions.exp(x).times(x);
    Tensor two = Functions.exp(real("x", 2, 3)).times(real("x", 2, 3));
    assertThat(nodes(one)).isEqualTo(3);
    assertThat(nodes(one.divide(two))).isEqualTo(4);
    Program program = Program.named("p").output("one", one).output("two", two).build();
    assertThat(program.outputs().get("one")).isSameAs(program.outputs().get("two"));
  }

  @Test
  void differentSettingsAreNotShared() {
    Tensor key = Tensor.input("key", Shape.of(2), ElementType.INTEGER);
    Tensor a = Functions.randomNormal(key, 0, Shape.of(2));
    Tensor b = Functions.randomNormal(key, 1, Shape.of(2));
    assertThat(nodes(Functions.maximum(a, b))).isEqualTo(4);
    assertThat(nodes(Functions.maximum(a, Functions.randomNormal(key, 0, Shape.of(2)))))
        .isEqualTo(3);
    assertThat(nodes(Functions.maximum(x.slice(1, 0, 1), x.slice(1, 1, 1)))).isEqualTo(4);
    assertThat(nodes(Functions.maximum(Tensor.constant(0.0), Tensor.constant(-0.0)))).isEqualTo(3);
  }

  @Test
  void whatDerivativesLeaveBehindIsSimplified() {
    assertThat(nodes(x.negate().negate())).isEqualTo(1);
    assertThat(nodes(x.times(2).times(0.5))).isEqualTo(1);
    assertThat(nodes(x.times(2).times(3))).isEqualTo(3);
    assertThat(nodes(x.plus(real("y", 2, 3).negate()))).isEqualTo(3);
    assertThat(nodes(x.reshape(3, 2).reshape(6).reshape(2, 3))).isEqualTo(1);
    assertThat(nodes(x.transpose(1, 0).transpose(1, 0))).isEqualTo(1);
    assertThat(nodes(real("one", 2, 1, 3).transpose(1, 0, 2).reshape(2, 1, 3))).isEqualTo(1);
    assertThat(nodes(real("one", 2, 1, 3).transpose(2, 1, 0).reshape(2, 1, 3))).isEqualTo(3);
    assertThat(nodes(x.plus(0).times(1).minus(0).divide(1))).isEqualTo(1);
    assertThat(nodes(x.times(Tensor.zeros(Shape.of(2, 3))).plus(x))).isEqualTo(1);
    assertThat(nodes(Gradients.of(x.sum(), x))).isEqualTo(2);
    Tensor row = real("row", 3);
    assertThat(nodes(row.broadcastTo(Shape.of(1, 3)).broadcastTo(Shape.of(2, 3)))).isEqualTo(2);
    assertThat(nodes(row.broadcastTo(Shape.of(2, 3)).plus(x))).isEqualTo(3);
    assertThat(nodes(Functions.maximum(x, row.broadcastTo(Shape.of(2, 3))))).isEqualTo(3);
    Tensor wide = Functions.maximum(row, row.broadcastTo(Shape.of(2, 3)));
    assertThat(Program.named("p").output("y", wide).build().outputs().get("y").shape())
        .isEqualTo(Shape.of(2, 3));
  }

  @Test
  void numbersMultiplyTheSmallestTensorOfAProductOfMatrices() {
    Tensor large = real("large", 8, 10);
    Tensor number = Tensor.input("k", Shape.scalar(), ElementType.REAL);
    Tensor scaled = large.reshape(10, 8).times(number).negate().reshape(8, 10);
    assertThat(largestPass(Functions.matMul(scaled, real("b", 10, 2)))).isEqualTo(16);
    assertThat(largestPass(Functions.matMul(real("b", 2, 8), scaled))).isEqualTo(16);
    assertThat(largestPass(Functions.matMul(scaled, true, real("b", 8, 20), false))).isEqualTo(80);
    assertThat(largestPass(Functions.matMul(real("b", 1, 8).times(number), large))).isEqualTo(8);
    assertThat(largestPass(scaled.negate().reshape(80).negate().sum())).isEqualTo(80);
  }

  /** Returns the elements of the largest result of a function of elements. */
  private static int largestPass(Tensor tensor) {
    return Program.named("p").output("y", tensor).build().nodes().stream()
        .filter(node -> node.op() instanceof Pointwise)
        .mapToInt(node -> node.shape().elements())
        .max()
        .orElse(0);
  }

  /** No more than this: derivatives that explode would first show here. */
  @Test
  void secondDerivativesStaySmall() {
    List<Tensor> xs =
        CompositeCase.energy().at().stream()
            .map(a -> Variable.real("v" + a.hashCode(), a.shape()).read())
            .toList();
    Tensor energy = CompositeCase.energy().function().apply(xs);
    Tensor gradient = Gradients.of(energy, xs.get(0));
    Program.Builder second = Program.named("second");
    List<Tensor> seconds = Gradients.of(gradient.square().sum(), xs);
    for (int i = 0; i < seconds.size(); i++) {
      second.output("g" + i, seconds.get(i));
    }
    assertThat(nodes(energy)).isLessThan(70);
    assertThat(nodes(gradient)).isLessThan(145);
    assertThat(second.build().nodes()).hasSizeLessThan(350);
  }

  @Test
  void inputsComeBeforeWhatIsMadeOfThem() {
    Tensor deep = x;
    for (int i = 0; i < 20_000; i++) {
      deep = Functions.tanh(deep);
    }
    List<Tensor> nodes = Program.named("deep").output("y", deep).build().nodes();
    assertThat(nodes).hasSize(20_001);
    assertThat(nodes.get(0).op()).isInstanceOf(Sources.Input.class);
  }

  @Test
  void programKnowsWhatItReadsAndIsGiven() {
    Variable v = Variable.real("v", Shape.of(2, 3));
    Program program =
        Program.named("p").output("y", x.plus(v.read())).update(v, v.read().plus(x)).build();
    assertThat(program.name()).isEqualTo("p");
    assertThat(program.inputs()).containsOnlyKeys("x");
    assertThat(program.reads()).containsExactly(v);
    assertThat(program.updates()).containsOnlyKeys(v);
    assertThat(program.nodes()).hasSize(4);
  }

  @Test
  void contradictionsAreReported() {
    Variable v = Variable.real("v", Shape.of(3));
    assertThatThrownBy(() -> Program.named("p").update(v, x))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("update of v: [3] and")
        .hasMessageContaining("[2, 3]");
    assertThatThrownBy(() -> Program.named("p").output("y", x).output("y", x))
        .hasMessage("program p: two outputs named y");
    Tensor three = real("z", 3);
    assertThatThrownBy(() -> Program.named("p").update(v, three).update(v, three))
        .hasMessage("program p: two updates of v");
    assertThatThrownBy(() -> Program.named("p").output("a", x).output("b", real("x", 4)).build())
        .hasMessageContaining("program p: input x is");
    assertThatThrownBy(() -> Program.named("p").output("y", x.less(x)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("output y: REAL or INTEGER expected, found BOOLEAN [2, 3]");
    assertThatThrownBy(() -> new Variable("w", Shape.of(1), ElementType.BOOLEAN))
        .isInstanceOf(ShapeException.class);
  }

  private static Tensor real(String name, int... sizes) {
    return Tensor.input(name, Shape.of(sizes), ElementType.REAL);
  }

  private static int nodes(Tensor tensor) {
    return Program.named("p").output("y", tensor).build().nodes().size();
  }
}
