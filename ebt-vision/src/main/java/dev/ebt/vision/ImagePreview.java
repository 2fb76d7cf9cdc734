package dev.ebt.vision;

import dev.ebt.interact.ExamplePredictions;
import dev.ebt.interact.PngImage;
import dev.ebt.interact.PredictionSweep;
import dev.ebt.interact.Preview;
import dev.ebt.modality.Batch;
import dev.ebt.monitor.ModelSample;
import dev.ebt.predict.Predictor;
import dev.ebt.run.RunParts;
import dev.ebt.vision.image.ImageStrip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A preview of the first validation image: its line is that of any modality; the sample for
 * monitors has a strip of the candidate before thinking and after some steps, and of the target.
 */
final class ImagePreview implements Preview {
  private final RunParts parts;
  private final Preview line;

  /** Opened for the first sample: only monitors take any. */
  private @Nullable Predictor predictor;

  /** Creates a preview of a model in training. */
  ImagePreview(RunParts parts) {
    this.parts = parts;
    this.line = new ExamplePredictions().preview(parts).orElseThrow();
  }

  @Override
  public String line() {
    return line.line();
  }

  @Override
  public ModelSample sample() {
    if (predictor == null) {
      predictor = parts.predictor(1);
    }
    Batch example = parts.dataset().validation().batch(0);
    List<Integer> validated = parts.steps().validated();
    PredictionSweep prediction =
        new PredictionSweep(predictor, example.context(), 0, parts.configuration().seed());
    ImageStrip strip = new ImageStrip();
    for (int steps : parts.steps().shown(validated.get(validated.size() - 1))) {
      prediction.reach(steps);
      strip.with(predictor.candidate().row(0));
    }
    try {
      byte[] png = new PngImage(strip.with(example.target().row(0)).draw()).encode();
      return new ModelSample(line(), List.of(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is encoded in memory.
    }
  }

  @Override
  public void close() {
    line.close();
    if (predictor != null) {
      predictor.close();
    }
  }
}
