package dev.ebt.vision.video;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.SettingException;
import dev.ebt.plugin.PartSettings;
import dev.ebt.tensor.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of next-frame prediction.
 *
 * @param size width and height of a frame in pixels
 * @param channels 3 for colour, 1 for grey
 * @param frames the number of frames of a window; each but the first is predicted from those before
 *     it
 * @param encoder the encoder of frames
 * @param initial the initial candidate
 * @param scale standard deviation of initial noise (1); null for other initial candidates
 * @param curvature κ: the energy is E + κ/2 |y|², y being the latents of a frame; 0 for E alone, as
 *     published
 * @param residual whether a candidate is the residual of a linear extrapolation of the last frames
 *     to the next one, instead of the next frame; then zeros stand for the extrapolated frame
 */
public record VideoSettings(
    Integer size,
    Integer channels,
    Integer frames,
    PartSettings encoder,
    Initial initial,
    @Nullable Double scale,
    Double curvature,
    Boolean residual) {

  /** Creates settings for whole frames. */
  public VideoSettings(
      Integer size,
      Integer channels,
      Integer frames,
      PartSettings encoder,
      Initial initial,
      @Nullable Double scale,
      @Nullable Double curvature) {
    this(size, channels, frames, encoder, initial, scale, curvature, null);
  }

  /** Creates settings with a learned energy alone. */
  public VideoSettings(
      Integer size,
      Integer channels,
      Integer frames,
      PartSettings encoder,
      Initial initial,
      @Nullable Double scale) {
    this(size, channels, frames, encoder, initial, scale, null);
  }

  /** The initial candidate of a frame. */
  public enum Initial {
    /** Normal noise. */
    @JsonProperty("noise")
    NOISE,
    /** Zeros. */
    @JsonProperty("zeros")
    ZEROS,
    /** The previous frame. */
    @JsonProperty("last")
    LAST
  }

  /** Fills in defaults and refuses invalid values. */
  public VideoSettings(
      @Nullable Integer size,
      @Nullable Integer channels,
      @Nullable Integer frames,
      @Nullable PartSettings encoder,
      @Nullable Initial initial,
      @Nullable Double scale,
      @Nullable Double curvature,
      @Nullable Boolean residual) {
    size = requireNonNullElse(size, 16);
    channels = requireNonNullElse(channels, 3);
    frames = requireNonNullElse(frames, 8);
    encoder = requireNonNullElse(encoder, PartSettings.of("pixels"));
    initial = requireNonNullElse(initial, Initial.NOISE);
    curvature = requireNonNullElse(curvature, 0.0);
    residual = requireNonNullElse(residual, false);
    if (residual && initial == Initial.LAST) {
      throw new SettingException(
          "modality.initial",
          "is last, but modality.residual is true: zeros represent the"
              + " extrapolated frame; set modality.initial=zeros or noise");
    }
    if (residual && encoder.name().equals("autoencoder")) {
      throw new SettingException(
          "modality.encoder",
          "is an autoencoder, which is trained on frames, but modality.residual is true: changes are to be encoded; modality.encoder pca or pixels expected");
    }
    if (!(curvature >= 0) || curvature.isInfinite()) {
      throw new SettingException("modality.curvature", "is " + curvature + "; 0 or more expected");
    }
    if (size < 1 || size > 512) {
      throw new SettingException("modality.size", "is " + size + "; 1 to 512 expected");
    }
    if (channels != 1 && channels != 3) {
      throw new SettingException(
          "modality.channels", "is " + channels + "; 1 (grey) or 3 expected");
    }
    if (frames < 2) {
      throw new SettingException("modality.frames", "is " + frames + "; at least 2 expected");
    }
    if (initial == Initial.NOISE) {
      scale = requireNonNullElse(scale, 1.0);
      if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
        throw new SettingException("modality.scale", "is " + scale + "; 0 or more expected");
      }
    } else if (scale != null && scale != 1.0) {
      throw new SettingException(
          "modality.scale",
          String.format(
              Locale.ROOT,
              "is %s, but modality.initial is not noise, so this has no"
                  + " effect; remove it (modality.scale=null), or set modality.initial=noise",
              scale));
    } else {
      scale = null;
    }
    this.size = size;
    this.channels = channels;
    this.frames = frames;
    this.encoder = encoder;
    this.initial = initial;
    this.scale = scale;
    this.curvature = curvature;
    this.residual = residual;
  }

  /** Returns the shape of a frame: [channels, height, width]. */
  public Shape frame() {
    return Shape.of(channels, size, size);
  }

  /** Returns the number of values of a frame. */
  public int values() {
    return frame().elements();
  }
}
