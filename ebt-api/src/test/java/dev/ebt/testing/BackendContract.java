package dev.ebt.testing;

import dev.ebt.backend.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract tests of backends. The test of a backend extends this class, provides the backend
 * and the precision of its numbers, and inherits all tests: of each operation and its derivatives,
 * of variables, inputs and outputs, random numbers, reproducible training and closing.
 */
public abstract class BackendContract
    implements ElementwiseContract,
        ValueContract,
        DerivativeContract,
        VariableContract,
        RunContract,
        RandomContract,
        TrainingContract {
  private Backend backend;

  /** Returns a new backend, not shared with other tests. */
  protected abstract Backend open();

  /**
   * Returns the largest allowed error, relative to the largest number of an array (but at least to
   * 1).
   */
  @Override
  public abstract double tolerance();

  /** Returns the backend under test, opened anew for each test. */
  @Override
  public final Backend backend() {
    return backend;
  }

  @Override
  public final Backend another() {
    return open();
  }

  @BeforeEach
  final void openBackend() {
    backend = open();
  }

  @AfterEach
  final void closeBackend() {
    backend.close();
  }
}
