package dev.ebt.plugin;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.error.UserException;
import dev.ebt.modality.Modality;
import java.nio.file.Path;

/** The context in which a part is created: the other parts and values of the same configuration. */
public interface PartContext {
  /** Returns the modality. */
  Modality modality();

  /** Returns the number of energy landscapes. */
  int landscapes();

  /** Returns the seed of the run. */
  long seed();

  /**
   * Returns the settings of the run's dataset, as its factory receives them: for parts that the
   * dataset needs and that are themselves fitted to the data.
   */
  Record data();

  /**
   * Returns the path of a file that settings name. A relative path is resolved against the run's
   * folder if the file is there (see {@link HasArtifacts}), else against the working directory.
   */
  Path file(String path);

  /**
   * Returns the energy of another run's model, which has to be one for data of the same encoding.
   *
   * @param run the folder of a run or of an exported model, or the name of a bundled model
   * @param checkpoint {@code latest}, {@code best} or a step
   * @throws UserException if there is no such run, or its model does not fit, or, unless
   *     overridden, always: a context of a test need not have other runs
   */
  default EnergyTerm energy(Path run, String checkpoint) {
    throw new UserException(
        "a part uses the energy of run "
            + run
            + ", and here parts cannot use other runs; create the part in a run, or let this"
            + " PartContext override energy");
  }

  /** Returns the kind of work that the backend is tuned for. */
  default PerformanceHint performanceHint() {
    return PerformanceHint.THROUGHPUT;
  }

  /** Returns the listener for slow work while parts are created. */
  default ProgressListener progress() {
    return ProgressListener.NOBODY;
  }

  /**
   * Returns the part that another part's settings name, such as the tokenizer of a text modality.
   *
   * @param kind the SPI type, such as {@code Tokenizer.class}
   */
  <T> T part(Class<T> kind, PartSettings settings);
}
