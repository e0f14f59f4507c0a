/** What can be set, by flag and environment, and how it is read. */
@NullMarked
package dev.colorstream.worker.configuration;

import org.jspecify.annotations.NullMarked;
