package dev.ebt.vision.video;

import dev.ebt.error.UserException;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferenceSession;
import dev.ebt.inference.PredictionSession;
import dev.ebt.inference.PredictionTask;
import dev.ebt.inference.ServedForm;
import dev.ebt.modality.Modality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.ImageConversion;
import dev.ebt.vision.image.ImageForm;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  @Override
  public Optional<ServedForm<ClipStart, PredictedFrames>> served() {
    return Optional.of(new Form());
  }

  private record Form() implements ServedForm<ClipStart, PredictedFrames> {
    private static final Set<String> FIELDS = Set.of("frames", "predict");

    @Override
    public String expected() {
      return "an object with frames, the Base64 codes of PNGs, and predict, the number of frames to"
          + " predict";
    }

    @Override
    public ClipStart input(Modality modality, Object json) {
      if (json instanceof Map<?, ?> fields
          && FIELDS.containsAll(fields.keySet())
          && fields.get("predict") instanceof Integer predict) {
        return new ClipStart(
            frames(modality, "frames", ImageForm.required("frames", fields)), predict);
      }
      throw new UserException("input is unsuitable; " + expected() + " expected");
    }

    @Override
    public int predictions(ClipStart input) {
      return input.predict();
    }

    @Override
    public PredictedFrames output(Modality modality, Object json) {
      return new PredictedFrames(frames(modality, "candidate", json));
    }

    private static List<BufferedImage> frames(Modality modality, String field, Object json) {
      if (!(json instanceof List<?> values)) {
        throw new UserException(field + " is no array; the Base64 codes of PNGs expected");
      }
      Shape frame = ((NextFrameModality) modality).settings().frame();
      List<BufferedImage> frames = new ArrayList<>();
      for (Object value : values) {
        frames.add(ImageForm.decoded(frame, field + "[" + frames.size() + "]", value));
      }
      return frames;
    }

    @Override
    public Object json(PredictedFrames predicted) {
      return predicted.frames().stream().map(ImageForm::encoded).toList();
    }
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
