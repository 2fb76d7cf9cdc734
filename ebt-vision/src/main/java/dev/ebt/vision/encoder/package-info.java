/**
 * What a frame is to a model, and back: {@link dev.ebt.vision.encoder.Pixels}, {@link
 * dev.ebt.vision.encoder.PrincipalComponents}.
 */
@NullMarked
package dev.ebt.vision.encoder;

import org.jspecify.annotations.NullMarked;
