/** Model versions at rest: a folder whose manifest says what every file must hash to. */
@NullMarked
package dev.colorstream.storage.modelregistry;

import org.jspecify.annotations.NullMarked;
