package dev.ebt.testing;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values, first and second derivatives of each primitive agree with the reference backend. */
interface DerivativeContract extends BackendUnderTest {
  @TestFactory
  default Stream<DynamicTest> primitivesAgreeWithTheReference() {
    return PrimitiveCases.all().stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> agrees(c)));
  }

  @Test
  default void energyOfAttentionNormsAndGatesAgreesWithTheReference() {
    agrees(CompositeCase.energy());
  }

  private void agrees(PrimitiveCase primitive) {
    DerivativeProgram derivatives = new DerivativeProgram(primitive.function(), primitive.at());
    Map<String, Array> expected;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = derivatives.run(reference);
    }
    Map<String, Array> found = derivatives.run(backend());
    expected.forEach(
        (label, array) -> assertClose(primitive + ": " + label, found.get(label), array));
  }
}
