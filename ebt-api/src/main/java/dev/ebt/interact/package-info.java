/**
 * Uses of trained models that plugins provide: interactions, which turn a user's input into typed
 * outputs. The command {@code think} offers their options; a program calls the same interactions.
 */
@NullMarked
package dev.ebt.interact;

import org.jspecify.annotations.NullMarked;
