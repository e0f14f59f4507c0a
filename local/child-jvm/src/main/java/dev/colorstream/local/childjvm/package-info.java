/** Child JVMs that say when they are ready, on standard output, and end with their parent, on standard input. */
@NullMarked
package dev.colorstream.local.childjvm;

import org.jspecify.annotations.NullMarked;
