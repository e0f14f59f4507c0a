/** What a child JVM and its parent promise each other. */
@NullMarked
package dev.colorstream.local.childjvm;

import org.jspecify.annotations.NullMarked;
