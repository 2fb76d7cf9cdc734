package dev.ebt.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Variable;
import dev.ebt.testing.CheckedBackend;
import org.junit.jupiter.api.Test;

class VariableScopeTest {
  private static final Shape TWO = Shape.of(2);

  @Test
  void openScopesOfOneBackendHaveNamesOfTheirOwn() {
    for (Backend backend :
        new Backend[] {new ReferenceBackend(), new CheckedBackend(new ReferenceBackend())}) {
      try (backend;
          VariableScope one = backend.scope("thinking");
          VariableScope two = backend.scope("thinking")) {
        Variable a = one.real("candidate", TWO);
        Variable b = two.real("candidate", TWO);
        backend.assign(a, Array.filled(TWO, 1));
        backend.assign(b, Array.filled(TWO, 2));
        assertThat(backend.read(a)).isEqualTo(Array.filled(TWO, 1));
      }
    }
  }

  @Test
  void backendsDoNotSeeEachOthersScopes() {
    try (ReferenceBackend one = new ReferenceBackend();
        ReferenceBackend two = new ReferenceBackend();
        VariableScope scope = one.scope("thinking");
        VariableScope other = two.scope("thinking")) {
      assertThat(scope.real("candidate", TWO)).isEqualTo(other.real("candidate", TWO));
    }
  }

  @Test
  void closingFreesTheVariablesAndTheNames() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      VariableScope scope = backend.scope("thinking");
      Variable variable = scope.real("candidate", TWO);
      backend.assign(variable, Array.filled(TWO, 1));
      scope.close();
      assertThatThrownBy(() -> backend.read(variable)).hasMessageContaining("no value");
      VariableScope next = backend.scope("thinking");
      assertThat(next.real("candidate", TWO)).isEqualTo(variable);
      scope.close(); // Closing again does not free the name that is in use again.
      assertThat(backend.scope("thinking").real("candidate", TWO)).isNotEqualTo(variable);
    }
  }

  @Test
  void scopesMayBeClosedAfterTheirBackend() {
    ReferenceBackend backend = new ReferenceBackend();
    VariableScope scope = backend.scope("thinking");
    backend.assign(scope.real("candidate", TWO), Array.filled(TWO, 1));
    backend.close();
    scope.close();
  }
}
