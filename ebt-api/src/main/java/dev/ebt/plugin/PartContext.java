package dev.ebt.plugin;

import dev.ebt.modality.Modality;
import java.nio.file.Path;

/** What a part may be made of: the other parts of the same configuration. */
public interface PartContext {
  /** The modality. */
  Modality modality();

  /** How many energy landscapes there are. */
  int landscapes();

  /** The seed of the run. */
  long seed();

  /**
   * The settings of the run's dataset, as its factory gets them: for parts that the dataset needs
   * and that are themselves learnt from the data.
   */
  Record data();

  /**
   * A file that settings name. A relative path is one of a file in the run's folder, if it is there
   * (see {@link HasArtifacts}), else one from the working directory.
   */
  Path file(String path);

  /** Who watches work that takes long while parts are made. */
  default ProgressListener progress() {
    return ProgressListener.NOBODY;
  }

  /**
   * A part that another part's settings name, such as the tokenizer of a text modality.
   *
   * @param kind the SPI type, {@code Tokenizer.class}
   */
  <T> T part(Class<T> kind, PartSettings settings);
}
