/**
 * The image modalities. Read in this order: {@link dev.ebt.vision.VisionPlugin} (an overview),
 * {@link dev.ebt.vision.ImageSpec} (the space of candidates), {@link
 * dev.ebt.vision.DenoisingModality} and {@link dev.ebt.vision.ImageGeneration} (contexts and
 * targets), {@link dev.ebt.vision.ImageDataset} (data). Video is in {@link dev.ebt.vision.video}.
 */
@NullMarked
package dev.ebt.vision;

import org.jspecify.annotations.NullMarked;
