/**
 * The video modality. Read in this order: {@link dev.ebt.vision.video.NextFrameModality}
 * (candidates, embedders, loss), {@link dev.ebt.vision.encoder} (encoders of frames), {@link
 * dev.ebt.vision.video.VideoDataset} (data), {@link dev.ebt.vision.video.RollOut} (many frames from
 * a few).
 */
@NullMarked
package dev.ebt.vision.video;

import org.jspecify.annotations.NullMarked;
