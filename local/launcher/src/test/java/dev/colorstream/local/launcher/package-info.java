/** What the launcher promises. */
@NullMarked
package dev.colorstream.local.launcher;

import org.jspecify.annotations.NullMarked;
