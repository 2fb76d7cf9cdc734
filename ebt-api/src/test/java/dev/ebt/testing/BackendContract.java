package dev.ebt.testing;

import dev.ebt.backend.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every backend must do. A backend's test extends this class, says how to open the backend and
 * how exact its numbers are, and inherits all tests: of each operation and its derivatives, of
 * variables, of inputs and outputs, of random numbers, of a training that repeats itself, of
 * closing.
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

  /** A new backend, not shared with other tests. */
  protected abstract Backend open();

  /** The largest error allowed, relative to the largest number of an array (but at least to 1). */
  @Override
  public abstract double tolerance();

  /** The backend under test, opened anew for each test. */
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
