/**
 * Plugins: {@link dev.ebt.plugin.EbtPlugin} is what an author implements, and {@link
 * dev.ebt.plugin.Factory} what it is made of. The rest of this package finds plugins and wires what
 * they bring: {@link dev.ebt.plugin.Plugins} makes a {@link dev.ebt.plugin.Catalog} of them, {@link
 * dev.ebt.plugin.Configurations} reads a {@link dev.ebt.plugin.RunConfiguration} that names some of
 * its parts, {@link dev.ebt.plugin.Components} makes these. It is the only place that knows Guice.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.plugin;
