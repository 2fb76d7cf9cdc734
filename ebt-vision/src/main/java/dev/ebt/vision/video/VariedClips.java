package dev.ebt.vision.video;

import dev.ebt.vision.image.ClipSource;
import java.util.List;

/**
 * Video clips, followed by the same ones mirrored left to right, reversed, and both: four times as
 * many for training.
 *
 * @param clips the original clips
 * @param side width and height of a frame
 */
record VariedClips(ClipSource clips, int side) implements ClipSource {
  private static final int WAYS = 4;

  @Override
  public int size() {
    return WAYS * clips.size();
  }

  @Override
  public int length(int clip) {
    return clips.length(clip % clips.size());
  }

  @Override
  public byte[] frame(int clip, int time) {
    int way = clip / clips.size();
    int of = clip % clips.size();
    byte[] frame = clips.frame(of, way >= 2 ? clips.length(of) - 1 - time : time);
    return way % 2 == 0 ? frame : mirrored(frame);
  }

  private byte[] mirrored(byte[] frame) {
    byte[] mirrored = new byte[frame.length];
    for (int i = 0; i < frame.length; i++) {
      mirrored[i] = frame[i - i % side + side - 1 - i % side];
    }
    return mirrored;
  }

  @Override
  public List<String> classes() {
    return clips.classes();
  }

  @Override
  public int label(int clip) {
    return clips.label(clip % clips.size());
  }
}
