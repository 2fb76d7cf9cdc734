/**
 * The image modalities. Read in this order: {@link dev.ebt.vision.VisionPlugin} (what there is),
 * {@link dev.ebt.vision.PictureSpace} (where candidates live), {@link
 * dev.ebt.vision.ImageDenoising} and {@link dev.ebt.vision.ImageGeneration} (what is predicted of
 * what), {@link dev.ebt.vision.PictureDataset} (data). Moving pictures are in {@link
 * dev.ebt.vision.video}.
 */
@NullMarked
package dev.ebt.vision;

import org.jspecify.annotations.NullMarked;
