/** Stopping rules: when thinking about a prediction ends. */
@org.jspecify.annotations.NullMarked
package dev.ebt.stop;
