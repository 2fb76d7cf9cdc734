package dev.ebt.testing;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests that values, first and second derivatives of each primitive agree with the reference
 * backend.
 */
interface DerivativeContract extends BackendUnderTest {
  /**
   * Tests all shapes of one operation in one program, because compilation takes most of the time.
   */
  @TestFactory
  default Stream<DynamicTest> primitivesAgreeWithTheReference() {
    return PrimitiveCases.all().stream()
        .collect(
            Collectors.groupingBy(PrimitiveCase::name, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> agree(e.getValue())));
  }

  @Test
  default void energyOfAttentionNormsAndGatesAgreesWithTheReference() {
    agree(List.of(CompositeCase.energy()));
  }

  private void agree(List<PrimitiveCase> cases) {
    DerivativeProgram derivatives = new DerivativeProgram();
    for (int i = 0; i < cases.size(); i++) {
      PrimitiveCase one = cases.get(i);
      derivatives.with(i + ", " + one + ": ", one.function(), one.at());
    }
    Map<String, Array> expected;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = derivatives.run(reference);
    }
    Map<String, Array> found = derivatives.run(backend());
    expected.forEach((label, array) -> assertClose(label, found.get(label), array));
  }
}
