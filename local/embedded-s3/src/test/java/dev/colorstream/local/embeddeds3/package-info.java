/** What the embedded S3 server promises. */
@NullMarked
package dev.colorstream.local.embeddeds3;

import org.jspecify.annotations.NullMarked;
