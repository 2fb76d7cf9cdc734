/**
 * ImageSource from files: {@link dev.ebt.vision.image.LoadedImages} reads all that a user names,
 * {@link dev.ebt.vision.image.ImageFile} one image.
 */
@NullMarked
package dev.ebt.vision.image;

import org.jspecify.annotations.NullMarked;
