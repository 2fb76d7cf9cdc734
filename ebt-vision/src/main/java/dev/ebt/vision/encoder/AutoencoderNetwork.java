package dev.ebt.vision.encoder;

import dev.ebt.nn.Activation;
import dev.ebt.nn.Linear;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An autoencoder without convolutions: one map shared by the patches of a frame, then maps of the
 * whole frame down to the latents, and the same way back (Hinton and Salakhutdinov, "Reducing the
 * dimensionality of data with neural networks", 2006, with patches as of vision transformers):
 *
 * <pre>
 * z = L gelu(H [gelu(P x₁), gelu(P x₂), …])        [x₁', x₂', …] = P' gelu(H' gelu(L' z))
 * </pre>
 *
 * <p>for patches xᵢ, row by row, each [channels, patch, patch] flattened. All maps have biases;
 * gelu is the exact one, by the error function. Weights, [out, in] with biases [out], for n patches
 * of v values:
 *
 * <pre>
 * encoder.patch    P   [width, v]             decoder.latent  L'  [hidden, latents]
 * encoder.hidden   H   [hidden, n · width]    decoder.hidden  H'  [n · width, hidden]
 * encoder.latent   L   [latents, hidden]      decoder.patch   P'  [v, width]
 * </pre>
 *
 * @param frame [channels, height, width]
 * @param patch width and height of a patch; divides those of the frame
 * @param width hidden units per patch
 * @param hidden hidden units per frame
 * @param latents latents per frame
 */
public record AutoencoderNetwork(Shape frame, int patch, int width, int hidden, int latents) {
  /** Encodes frames: [..., values] → [..., latents]. */
  Tensor encode(Tensor frames, Weights weights) {
    int count = frames.shape().elements() / frame.elements();
    Tensor patches =
        frames
            .reshape(count, frame.size(0), down(), patch, across(), patch)
            .transpose(0, 2, 4, 1, 3, 5)
            .reshape(count, down() * across(), patchValues());
    Tensor seen = bent(layer(patches, "encoder.patch", width, weights));
    Tensor whole = seen.reshape(count, down() * across() * width);
    Tensor features = bent(layer(whole, "encoder.hidden", hidden, weights));
    return layer(features, "encoder.latent", latents, weights)
        .reshape(frames.shape().with(-1, latents));
  }

  /** Decodes latents: [..., latents] → [..., values]. */
  Tensor decode(Tensor code, Weights weights) {
    int count = code.shape().elements() / latents;
    Tensor features = bent(layer(code.reshape(count, latents), "decoder.latent", hidden, weights));
    int patches = down() * across();
    Tensor whole = bent(layer(features, "decoder.hidden", patches * width, weights));
    return layer(whole.reshape(count, patches, width), "decoder.patch", patchValues(), weights)
        .reshape(count, down(), across(), frame.size(0), patch, patch)
        .transpose(0, 3, 1, 4, 2, 5)
        .reshape(code.shape().with(-1, frame.elements()));
  }

  private static Tensor layer(Tensor x, String name, int out, Weights weights) {
    Tensor weight = weights.get(name + ".weight", Shape.of(out, x.shape().size(-1)));
    return Linear.apply(x, weight).plus(weights.get(name + ".bias", Shape.of(out)));
  }

  private static Tensor bent(Tensor x) {
    return Activation.GELU.apply(x);
  }

  private int down() {
    return frame.size(1) / patch;
  }

  private int across() {
    return frame.size(2) / patch;
  }

  private int patchValues() {
    return frame.size(0) * patch * patch;
  }

  /** Returns the shapes of the weights, by name. */
  Map<String, Shape> shapes() {
    Parameters parameters = new Parameters();
    Weights weights = Weights.learned(parameters);
    decode(encode(Tensor.zeros(Shape.of(1, frame.elements())), weights), weights);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.specs().forEach(spec -> shapes.put(spec.name(), spec.shape()));
    return shapes;
  }
}
