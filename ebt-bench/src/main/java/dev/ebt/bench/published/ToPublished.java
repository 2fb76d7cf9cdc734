package dev.ebt.bench.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.published.PublishedOptions.Kind;
import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.DurableFiles;
import dev.ebt.store.Safetensors;
import dev.ebt.store.Weights;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An export of a trained model as weights and options of the published code. */
public final class ToPublished {
  private final PublishedOptions options;
  private final Map<String, Array> tensors;

  private ToPublished(PublishedOptions options, Map<String, Array> tensors) {
    this.options = options;
    this.tensors = tensors;
  }

  /**
   * Reads a run or an exported model.
   *
   * @throws UserException naming a setting without a published equivalent
   */
  public static ToPublished read(Catalog catalog, Path run, String checkpoint, Weights weights) {
    try (TrainedModel model =
        TrainedModel.open(
            catalog, run, checkpoint, weights, Overrides.of("backend.name=reference"))) {
      PublishedOptions options = OptionsOfRun.of(run.toString(), model.parts().configuration());
      Map<String, Array> tensors = new TreeMap<>();
      for (ParameterSpec spec : model.parts().parameters()) {
        tensors.put(spec.name(), model.backend().read(spec.variable()));
      }
      if (options.kind() != Kind.BASELINE) {
        float noise = (float) options.number("langevin_dynamics_noise");
        tensors.putIfAbsent(FromPublished.NOISE, Array.of(Shape.scalar(), noise));
      }
      if (options.kind() == Kind.IMAGES) {
        tensors.put(FromPublished.POSITIONS, FromPublished.positions(options));
      }
      return new ToPublished(options, tensors);
    }
  }

  /**
   * Writes weights and options.
   *
   * @throws UserException if one of the files exists, or cannot be written
   */
  public void write(Path weights, Path hparams) {
    for (Path file : List.of(weights, hparams)) {
      if (Files.exists(file)) {
        throw new UserException(file + " already exists; choose a new file");
      }
    }
    new Safetensors(tensors, Map.of()).write(weights);
    try {
      String json =
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(options.values());
      DurableFiles.write(hparams, json + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw DurableFiles.unwritable(hparams.toString(), e, "The weights are written.");
    }
  }
}
