/**
 * Encoders of frames: {@link dev.ebt.vision.encoder.PixelSpace}, {@link
 * dev.ebt.vision.encoder.PrincipalComponents}, {@link dev.ebt.vision.encoder.TrainedAutoencoder}.
 * The last is trained as a model of its own, {@link dev.ebt.vision.encoder.AutoencoderModel}.
 */
@NullMarked
package dev.ebt.vision.encoder;

import org.jspecify.annotations.NullMarked;
