package dev.ebt.vision.video;

import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageConversion;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The continuation of a clip by a program, frame by frame: each is a prediction. */
public final class ClipInference implements InferenceAdapter<ClipStart, PredictedFrames> {
  @Override
  public String name() {
    return "clip-continuation";
  }

  @Override
  public String summary() {
    return "further frames of a clip";
  }

  @Override
  public String subject() {
    return "clips";
  }

  @Override
  public Class<ClipStart> input() {
    return ClipStart.class;
  }

  @Override
  public Class<PredictedFrames> output() {
    return PredictedFrames.class;
  }

  @Override
  public boolean supports(Modality modality) {
    return modality instanceof NextFrameModality;
  }

  @Override
  public InferenceSession<ClipStart, PredictedFrames> open(TrainedModel model, int maxBatchSize) {
    NextFrame conversion = new NextFrame(model.parts());
    return new PredictionSession<>(
        model, maxBatchSize, start -> new Continuation(conversion, start), conversion::close);
  }

  /** The frames of one clip. */
  private static final class Continuation implements PredictionTask<PredictedFrames> {
    private final NextFrame conversion;
    private final Shape shape;
    private final int given;
    private final int all;
    private final List<float[]> frames = new ArrayList<>();

    Continuation(NextFrame conversion, ClipStart start) {
      this.conversion = conversion;
      this.shape = conversion.modality().settings().frame();
      this.given = start.frames().size();
      this.all = given + start.predict();
      for (BufferedImage frame : start.frames()) {
        frames.add(ImageConversion.values(frame, shape).floats());
      }
    }

    @Override
    public boolean complete() {
      return frames.size() == all;
    }

    @Override
    public Map<String, Array> context() {
      return conversion.context(frames);
    }

    @Override
    public int position() {
      return conversion.position(frames);
    }

    @Override
    public void add(Array candidate) {
      Array row = candidate.reshape(Shape.of(1).plus(candidate.shape().toIntArray()));
      frames.add(conversion.decode(frames, row));
    }

    @Override
    public PredictedFrames answer() {
      return new PredictedFrames(
          frames.subList(given, frames.size()).stream()
              .map(frame -> ImageConversion.image(Array.of(shape, frame)))
              .toList());
    }

    @Override
    public String text() {
      return (frames.size() - given) + " frames";
    }
  }
}
