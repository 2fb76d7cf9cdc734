package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.tensor.OperationCount.Product;
import org.junit.jupiter.api.Test;

class OperationCountTest {
  private static Tensor input(String name, int... shape) {
    return Tensor.input(name, Shape.of(shape), ElementType.REAL);
  }

  private static OperationCount count(Tensor... outputs) {
    Program.Builder program = Program.named("p");
    for (int i = 0; i < outputs.length; i++) {
      program.output("y" + i, outputs[i]);
    }
    return OperationCount.of(program.build());
  }

  @Test
  void productsHaveTwoOperationsPerMultiplicationWhicheverSideIsTransposed() {
    Tensor a = input("a", 6, 3, 5); // Six times 3×5.
    assertThat(count(Functions.matMul(a, false, input("b", 6, 5, 7), false)).inProducts())
        .isEqualTo(2 * 6 * 3 * 5 * 7);
    assertThat(count(Functions.matMul(a, true, input("b", 6, 7, 3), true)).inProducts())
        .isEqualTo(2 * 6 * 3 * 5 * 7);
  }

  @Test
  void productsOfTheSameShapesAreCountedTogether() {
    MatMul plain = new MatMul(false, false);
    Tensor a = input("a", 2, 3);
    Tensor b = input("b", 3, 3);
    OperationCount count = count(a.dot(b).dot(b), Functions.matMul(b, true, b, false));
    assertThat(count.products())
        .containsOnlyKeys(
            new Product(a.shape(), b.shape(), plain),
            new Product(b.shape(), b.shape(), new MatMul(true, false)))
        .containsEntry(new Product(a.shape(), b.shape(), plain), 2);
  }

  @Test
  void functionsCountTheirResultsAndReductionsWhatTheyCombine() {
    Tensor x = input("x", 4, 5);
    OperationCount count = count(Functions.exp(x.times(input("row", 5))).sumKeeping(-1));
    assertThat(count.pointwise()).isEqualTo(2 * 20);
    assertThat(count.reductions()).isEqualTo(20);
    assertThat(count(Functions.softmax(x)).reductions()).isEqualTo(4 * 20);
    assertThat(count.total()).isEqualTo(60);
  }

  @Test
  void movingAndChoosingElementsCountsAsNothing() {
    Tensor x = input("x", 4, 5);
    assertThat(count(x.transpose(1, 0), x.reshape(20), x.slice(0, 1, 2)).total()).isZero();
  }

  @Test
  void repeatedExpressionsAreComputedOnce() {
    Tensor x = input("x", 4);
    assertThat(count(Functions.exp(x), Functions.exp(x)).total()).isEqualTo(4);
  }

  @Test
  void runsAddUp() {
    Tensor a = input("a", 3, 3);
    OperationCount one = count(Functions.exp(a.dot(a)).sumKeeping(0));
    OperationCount two = one.plus(one);
    assertThat(two.inProducts()).isEqualTo(2 * 54);
    assertThat(two.pointwise()).isEqualTo(2 * 9);
    assertThat(two.reductions()).isEqualTo(2 * 9);
    assertThat(OperationCount.NONE.plus(one)).isEqualTo(one);
  }
}
