/**
 * Plugins: an author implements {@link dev.ebt.plugin.EbtPlugin}, which lists a {@link
 * dev.ebt.plugin.Factory} for each part. The rest of this package discovers plugins and wires their
 * parts: {@link dev.ebt.plugin.Plugins} collects them in a {@link dev.ebt.plugin.Catalog}, {@link
 * dev.ebt.plugin.Configurations} reads a {@link dev.ebt.plugin.RunConfiguration} that names some of
 * the parts, {@link dev.ebt.plugin.Components} creates these with Guice.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.plugin;
