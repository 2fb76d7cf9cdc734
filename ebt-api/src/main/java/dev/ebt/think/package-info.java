/** Thinking: a single step, the loop of steps, and the evaluation of the resulting candidates. */
@org.jspecify.annotations.NullMarked
package dev.ebt.think;
