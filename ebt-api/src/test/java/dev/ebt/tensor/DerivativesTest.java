package dev.ebt.tensor;

import dev.ebt.testing.CompositeCase;
import dev.ebt.testing.FiniteDifferences;
import dev.ebt.testing.PrimitiveCase;
import dev.ebt.testing.PrimitiveCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** First and second derivatives of every primitive against central differences in float64. */
class DerivativesTest {
  @TestFactory
  Stream<DynamicTest> derivativesAreThoseOfTheValues() {
    return PrimitiveCases.all().stream()
        .filter(c -> !c.name().equals("stopGradient"))
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c)));
  }

  @Test
  void derivativesOfAnEnergyLikeThoseOfTheModels() {
    check(CompositeCase.energy());
  }

  private static void check(PrimitiveCase primitive) {
    FiniteDifferences.check(primitive.function(), primitive.at());
  }
}
