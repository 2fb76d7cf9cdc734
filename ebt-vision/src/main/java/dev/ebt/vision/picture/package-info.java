/**
 * Pictures from files: {@link dev.ebt.vision.picture.PictureFolder} reads a folder of them, {@link
 * dev.ebt.vision.picture.PictureFile} one.
 */
@NullMarked
package dev.ebt.vision.picture;

import org.jspecify.annotations.NullMarked;
