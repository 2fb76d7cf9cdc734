/**
 * Storage on disk: {@link dev.ebt.store.Safetensors} files, {@link dev.ebt.store.Checkpoints} made
 * of them, and the {@link dev.ebt.store.RunDirectory} that holds everything of a run. All writes
 * are completed under another name first, so that a kill at any instant loses nothing that was
 * there.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.store;
