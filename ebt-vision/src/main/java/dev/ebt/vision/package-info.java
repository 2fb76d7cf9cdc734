/**
 * The image modalities. Read in this order: {@link dev.ebt.vision.VisionPlugin} (what there is),
 * {@link dev.ebt.vision.ImageDenoising} (candidates, embedders, loss), {@link
 * dev.ebt.vision.PictureDataset} (data). Moving pictures are in {@link dev.ebt.vision.video}.
 */
@NullMarked
package dev.ebt.vision;

import org.jspecify.annotations.NullMarked;
