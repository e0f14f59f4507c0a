/** A real S3 server on a folder in a child JVM. */
@NullMarked
package dev.colorstream.local.embeddeds3;

import org.jspecify.annotations.NullMarked;
