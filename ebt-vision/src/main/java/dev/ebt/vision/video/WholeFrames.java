package dev.ebt.vision.video;

import dev.ebt.modality.Examples;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ClipSource;
import java.util.Map;

/** Candidates that are the encoded next frame. */
record WholeFrames(LatentSpace space) implements FrameCodec {
  @Override
  public Tensor observe(Tensor frames) {
    return space.encode(frames);
  }

  @Override
  public boolean observesElementwise() {
    return true;
  }

  @Override
  public Tensor encode(Tensor target) {
    return space.encode(target);
  }

  @Override
  public Tensor decode(Tensor candidates, Tensor frames) {
    return space.decode(candidates);
  }

  @Override
  public int targetSize(int values) {
    return values;
  }

  @Override
  public void fit(ClipSource clips, Examples windows) {
    space.fit(clips.spread(space.wanted()));
  }

  @Override
  public String description() {
    return space.description();
  }

  @Override
  public String fingerprint() {
    return space.fingerprint();
  }

  @Override
  public Map<String, Shape> fittedShapes() {
    return space.fittedShapes();
  }

  @Override
  public Map<String, Array> fitted() {
    return space.fitted();
  }

  @Override
  public void restore(Map<String, Array> fitted) {
    space.restore(fitted);
  }
}
