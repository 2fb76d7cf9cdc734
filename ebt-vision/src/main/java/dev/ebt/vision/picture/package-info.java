/**
 * Pictures from files: {@link dev.ebt.vision.picture.PictureCollection} reads all that a user
 * names, {@link dev.ebt.vision.picture.PictureFile} one picture.
 */
@NullMarked
package dev.ebt.vision.picture;

import org.jspecify.annotations.NullMarked;
