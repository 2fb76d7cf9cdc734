/** Selections: which of several candidates becomes the prediction. */
@org.jspecify.annotations.NullMarked
package dev.ebt.select;
