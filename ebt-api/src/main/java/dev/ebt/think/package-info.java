/** Thinking: one step, and the loop around it. */
@org.jspecify.annotations.NullMarked
package dev.ebt.think;
