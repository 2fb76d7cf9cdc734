package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Programs small enough to count by hand; a thousand numbers are 4,000 bytes. */
class ProgramMemoryTest {
  private static final Shape THOUSAND = Shape.of(10, 100);

  private final Tensor x = Tensor.input("x", THOUSAND, ElementType.REAL);

  @Test
  void chainsOfFunctionsTakeTheirOperandsPlace() {
    Tensor y = Functions.exp(Functions.tanh(x).square());
    assertThat(peak(y)).isEqualTo(4000);
  }

  @Test
  void whatIsNeededLaterStaysAlive() {
    Tensor tanh = Functions.tanh(x);
    Tensor scores = Functions.matMul(tanh, false, tanh, true);
    // tanh x and its 10 x 10 products; then their softmax besides both of them.
    assertThat(peak(scores)).isEqualTo(4000 + 400);
    assertThat(peak(Functions.matMul(Functions.softmax(scores), tanh)))
        .isEqualTo(4000 + 400 + 4000);
  }

  @Test
  void viewsTakeNothing() {
    Tensor view = x.reshape(100, 10).broadcastTo(Shape.of(50, 100, 10));
    assertThat(peak(Functions.stopGradient(view))).isEqualTo(4000);
  }

  @Test
  void wholeNumbersTakeTwiceAsMuch() {
    Tensor indices = Tensor.input("i", Shape.of(100), ElementType.INTEGER);
    assertThat(peak(Functions.oneHot(indices, 10))).isEqualTo(800 + 4000);
  }

  @Test
  void moreThanAnArrayCanHoldIsCountedToo() {
    Tensor large = Tensor.input("large", Shape.of(50_000, 50_000), ElementType.REAL);
    assertThat(peak(Functions.exp(large))).isEqualTo(10_000_000_000L);
  }

  @Test
  void variablesAreCountedOnceAndApart() {
    Variable read = Variable.real("read", THOUSAND);
    Variable updated = Variable.real("updated", THOUSAND);
    Program program =
        Program.named("p")
            .update(updated, read.read().plus(updated.read()))
            .output("sum", read.read().sum())
            .build();
    assertThat(ProgramMemory.of(program)).isEqualTo(new ProgramMemory(8000, 4004));
  }

  private static long peak(Tensor y) {
    return ProgramMemory.of(Program.named("p").output("y", y).build()).peak();
  }
}
